// The sender of notifications: an address, the identity in SES that allows to send from it, and the rate that SES takes.
import { Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { EmailIdentity, Identity, type IEmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';

export interface MailSenderProps {
  /** Address that notifications are sent from. */
  readonly sender: string;
  /**
   * Identity in SES that the sender belongs to and that the account has verified.
   * @default an identity of the address, which waits for a click
   */
  readonly identity?: string;
  /**
   * A server that speaks the protocol of SES, in its place.
   * @default SES
   */
  readonly endpoint?: string;
  /** Mails a second, of all invocations. */
  readonly sendsPerSecond: number;
  /** Most invocations that send at a time; they share the rate evenly. */
  readonly maximumConcurrency: number;
}

export class MailSender extends Construct {
  readonly address: string;
  readonly endpoint: string | undefined;
  readonly sendsPerSecond: number;
  readonly maximumConcurrency: number;
  /** SES's sandbox sends one a second; an account that may send more is out of it. */
  readonly isInSandbox: boolean;
  /** ARN of the identity if the account has verified it already; the stack's own waits for a click. */
  readonly verifiedIdentityArn: string | undefined;
  private readonly identity: IEmailIdentity;

  constructor(scope: Construct, id: string, props: MailSenderProps) {
    super(scope, id);
    const { sender, identity } = props;
    this.address = sender;
    this.endpoint = props.endpoint;
    this.sendsPerSecond = props.sendsPerSecond;
    this.maximumConcurrency = props.maximumConcurrency;
    this.isInSandbox = props.sendsPerSecond === 1;
    // An account has an identity only once. Deleted with its stack, it holds up no other stack that makes it again.
    this.identity =
      identity === undefined
        ? new EmailIdentity(this, 'identity', { identity: Identity.email(sender) })
        : EmailIdentity.fromEmailIdentityName(this, 'identity', identity);
    this.verifiedIdentityArn = identity === undefined ? undefined : this.identity.emailIdentityArn;
  }

  /** What one of the invocations may send a second. */
  get sendsPerInvocation(): number {
    return this.sendsPerSecond / this.maximumConcurrency;
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
      resourceArns: [this.identity.emailIdentityArn, ...(this.isInSandbox ? [recipients] : [])],
      conditions: { StringEquals: { 'ses:FromAddress': this.address } },
    });
  }
}
