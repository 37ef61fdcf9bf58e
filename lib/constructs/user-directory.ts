// The user pool of a stage that brings no token issuer of its own. Everyone who signs up is a customer.
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { TokenIssuer } from '../token-issuer.ts';

export interface UserDirectoryProps {
  readonly deletionProtection: boolean;
  readonly removalPolicy: RemovalPolicy;
}

const groups = ['staff', 'admin'] as const;

export class UserDirectory extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  readonly tokens: TokenIssuer;

  constructor(scope: Construct, id: string, props: UserDirectoryProps) {
    super(scope, id);
    this.userPool = new UserPool(this, 'user-pool', {
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: props.deletionProtection,
      removalPolicy: props.removalPolicy,
    });
    for (const groupName of groups) this.userPool.addGroup(groupName, { groupName });
    this.client = this.userPool.addClient('client', {
      authFlows: { userSrp: true, adminUserPassword: true },
      disableOAuth: true,
      generateSecret: false,
      preventUserExistenceErrors: true,
      idTokenValidity: Duration.hours(1),
    });
    const issuer = this.userPool.userPoolProviderUrl;
    this.tokens = {
      issuer,
      audience: this.client.userPoolClientId,
      jwksUri: `${issuer}/.well-known/jwks.json`,
    };
    Validations.of(this.userPool).acknowledge(
      { id: 'AwsSolutions-COG2', reason: 'A shop cannot force its customers to a second factor; they can choose one.' },
      { id: 'AwsSolutions-COG8', reason: 'The Plus plan is paid per user; whoever runs the stage decides on it.' },
    );
  }
}
