// Users of a stage's own user pool, signed in without a person.
import { randomBytes } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Outputs } from './outputs.ts';

export type UserPool = NonNullable<Outputs['userPool']>;

/** SES takes mail for its simulator's addresses even from an account in the sandbox, and delivers it to nobody. */
export const simulatedAddress = (name: string): string => `success+${name}@simulator.amazonses.com`;

export class PoolUsers {
  readonly #client = new CognitoIdentityProviderClient({});
  readonly #pool: UserPool;

  constructor(pool: UserPool) {
    this.#pool = pool;
  }

  /**
   * Makes the user where there is none, and gives it a password that nobody knows.
   * @returns the user's ID token
   */
  async signIn(address: string, group?: string): Promise<string> {
    const user = { UserPoolId: this.#pool.id, Username: address };
    const Password = `Aa1!${randomBytes(18).toString('base64url')}`;
    const attributes = [
      { Name: 'email', Value: address },
      { Name: 'email_verified', Value: 'true' },
    ];
    await this.#client
      .send(new AdminCreateUserCommand({ ...user, UserAttributes: attributes, MessageAction: 'SUPPRESS' }))
      .catch((error: unknown) => {
        if (!(error instanceof UsernameExistsException)) throw error;
      });
    await this.#client.send(new AdminSetUserPasswordCommand({ ...user, Password, Permanent: true }));
    if (group !== undefined) await this.#client.send(new AdminAddUserToGroupCommand({ ...user, GroupName: group }));
    const { AuthenticationResult } = await this.#client.send(
      new AdminInitiateAuthCommand({
        UserPoolId: this.#pool.id,
        ClientId: this.#pool.clientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: address, PASSWORD: Password },
      }),
    );
    return AuthenticationResult?.IdToken ?? '';
  }

  /** Deletes these users, those that are there. */
  async end(addresses: Iterable<string>): Promise<void> {
    for (const Username of addresses) {
      await this.#client
        .send(new AdminDeleteUserCommand({ UserPoolId: this.#pool.id, Username }))
        .catch((error: unknown) => {
          if (!(error instanceof UserNotFoundException)) throw error;
        });
    }
    this.#client.destroy();
  }
}
