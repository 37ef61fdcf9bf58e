// Whom e-mails come from: an address, and the identity in SES that allows to send from it.
import { Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { EmailIdentity, Identity, type IEmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { type EmailSettings, isInSandbox } from '../settings/email-settings.ts';

export class EmailSender extends Construct {
  readonly address: string;
  /** ARN of the identity if the account has verified it already; the stack's own waits for a click. */
  readonly verifiedIdentityArn: string | undefined;
  private readonly identity: IEmailIdentity;
  private readonly reachesIdentitiesOnly: boolean;

  constructor(
    scope: Construct,
    id: string,
    { sender, identity, ...rate }: Pick<EmailSettings, 'sender' | 'identity' | 'sendsPerSecond'>,
  ) {
    super(scope, id);
    this.address = sender;
    this.reachesIdentitiesOnly = isInSandbox(rate);
    // An account has an identity only once. Deleted with its stack, it holds up no other stack that makes it again.
    this.identity =
      identity === undefined
        ? new EmailIdentity(this, 'identity', { identity: Identity.email(sender) })
        : EmailIdentity.fromEmailIdentityName(this, 'identity', identity);
    this.verifiedIdentityArn = identity === undefined ? undefined : this.identity.emailIdentityArn;
  }

  /**
   * Send from the address, and from no other of its identity. In SES's sandbox a recipient is an identity of the account too, and SES
   * asks IAM for that one as well (https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html, the note on the sandbox).
   */
  grantSend(grantee: IGrantable): Grant {
    const recipients = Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: '*' });
    return Grant.addToPrincipal({
      grantee,
      actions: ['ses:SendEmail'],
      resourceArns: [this.identity.emailIdentityArn, ...(this.reachesIdentitiesOnly ? [recipients] : [])],
      conditions: { StringEquals: { 'ses:FromAddress': this.address } },
    });
  }
}
