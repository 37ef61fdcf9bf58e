// Two users of a stage's own user pool, for as long as a test order needs them: one of the staff and one customer.
import { randomBytes } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Outputs } from './outputs.ts';
import type { SmokeTokens } from './smoke-test.ts';

/** Hands the tokens of both users to the task, and deletes the users after it, whatever became of it. */
export async function withTestUsers<Result>(
  { id: UserPoolId, clientId }: NonNullable<Outputs['userPool']>,
  task: (tokens: SmokeTokens) => Promise<Result>,
): Promise<Result> {
  const client = new CognitoIdentityProviderClient({});
  const run = randomBytes(6).toString('hex');
  const created: string[] = [];

  const tokenOf = async (role: string, group?: string): Promise<string> => {
    // SES takes mail for its simulator's addresses even from an account in the sandbox, and delivers it to nobody.
    const Username = `success+${role}-${run}@simulator.amazonses.com`;
    const Password = `Aa1!${randomBytes(18).toString('base64url')}`;
    const attributes = [
      { Name: 'email', Value: Username },
      { Name: 'email_verified', Value: 'true' },
    ];
    const user = { UserPoolId, Username };
    await client.send(new AdminCreateUserCommand({ ...user, UserAttributes: attributes, MessageAction: 'SUPPRESS' }));
    created.push(Username);
    await client.send(new AdminSetUserPasswordCommand({ ...user, Password, Permanent: true }));
    if (group !== undefined) await client.send(new AdminAddUserToGroupCommand({ ...user, GroupName: group }));
    const { AuthenticationResult } = await client.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId: clientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: Username, PASSWORD: Password },
      }),
    );
    return AuthenticationResult?.IdToken ?? '';
  };

  try {
    return await task({ staff: await tokenOf('staff', 'staff'), customer: await tokenOf('customer') });
  } finally {
    for (const Username of created) await client.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
    client.destroy();
  }
}
