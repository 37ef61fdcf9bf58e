// Whom e-mails come from: an address, and the identity in SES that allows to send from it.
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { EmailIdentity, Identity, type IEmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { EmailSettings } from '../email-settings.ts';

export class EmailSender extends Construct {
  readonly address: string;
  /** ARN of the identity if the account has verified it already; the stack's own waits for a click. */
  readonly verifiedIdentityArn: string | undefined;
  private readonly identity: IEmailIdentity;

  constructor(scope: Construct, id: string, { sender, identity }: Pick<EmailSettings, 'sender' | 'identity'>) {
    super(scope, id);
    this.address = sender;
    // An account has an identity only once. Deleted with its stack, it holds up no other stack that makes it again.
    this.identity =
      identity === undefined
        ? new EmailIdentity(this, 'identity', { identity: Identity.email(sender) })
        : EmailIdentity.fromEmailIdentityName(this, 'identity', identity);
    this.verifiedIdentityArn = identity === undefined ? undefined : this.identity.emailIdentityArn;
  }

  /** Send from the address, and from no other of its identity. */
  grantSend(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['ses:SendEmail'],
      resourceArns: [this.identity.emailIdentityArn],
      conditions: { StringEquals: { 'ses:FromAddress': this.address } },
    });
  }
}
