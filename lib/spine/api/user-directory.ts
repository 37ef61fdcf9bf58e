// The user pool of a stage that brings no token issuer of its own. Everyone who signs up is a customer.
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type CfnUserPool,
  ClientAttributes,
  Mfa,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { MailSender } from '../notifications/mail-sender.ts';
import type { TokenIssuer } from '../settings/token-issuer.ts';

export interface UserDirectoryProps {
  readonly deletionProtection: boolean;
  readonly removalPolicy: RemovalPolicy;
  /** Whom the pool's own messages come from: codes for sign-up, for another address and for a forgotten password. Else from Cognito's own. */
  readonly sender: MailSender | undefined;
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
      // Another address counts from when its owner has confirmed it; until then the old one does. Else a user could name a
      // victim's, and what is meant for the user would go there.
      // https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
      keepOriginal: { email: true },
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
    if (props.sender !== undefined) this.sendThrough(props.sender);
    for (const groupName of groups) this.userPool.addGroup(groupName, { groupName });
    this.client = this.userPool.addClient('client', {
      authFlows: { userSrp: true, adminUserPassword: true },
      disableOAuth: true,
      generateSecret: false,
      preventUserExistenceErrors: true,
      idTokenValidity: Duration.hours(1),
      // Only the address: every other attribute of the token is for us to set.
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
    });
    const issuer = this.userPool.userPoolProviderUrl;
    this.tokens = {
      issuer,
      audience: this.client.userPoolClientId,
      jwksUri: `${issuer}/.well-known/jwks.json`,
    };
    Validations.of(this.userPool).acknowledge(
      { id: 'AwsSolutions-COG2', reason: 'Nobody is forced to a second factor; everybody can choose one.' },
      { id: 'AwsSolutions-COG8', reason: 'The Plus plan is paid per user; whoever runs the stage decides on it.' },
    );
  }

  /**
   * Cognito's own mailer sends about 50 a day, and takes an identity in SES only once it is verified. So an identity that the
   * account has takes its place, and one that the stack is only about to make cannot.
   * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html
   */
  private sendThrough({ address, verifiedIdentityArn }: MailSender): void {
    if (verifiedIdentityArn === undefined) return;
    // The construct of the CDK wants the region by name, and our stacks are for any.
    const resource = this.userPool.node.defaultChild as CfnUserPool;
    resource.emailConfiguration = { emailSendingAccount: 'DEVELOPER', from: address, sourceArn: verifiedIdentityArn };
  }
}
