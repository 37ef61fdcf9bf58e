// Who the e-mails of a stage come from.
import * as z from 'zod';

export interface EmailSettings {
  /** Address that e-mails are sent from. */
  readonly sender: string;
  /**
   * Identity in SES that the sender belongs to and that the account has verified: the address, its domain or one above it.
   * @default the state stack makes an identity of the address; a click in the mail that SES then sends to it verifies it
   */
  readonly identity?: string;
  /**
   * Where e-mails go instead of to SES: a server on the same machine that speaks its protocol.
   * @default SES, as the functions reach AWS
   */
  readonly endpoint?: string;
  /**
   * E-mails that the stage sends a second: no more than SES allows the account (`aws sesv2 get-account`, `MaxSendRate`), which is
   * 1 in its sandbox and for most accounts 14 at first outside of it
   * (https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html). The sizes of batches follow from it.
   */
  readonly sendsPerSecond: number;
  /** Most invocations that send at a time. They share the rate evenly, so the fewest that Lambda takes keep it best: 2. */
  readonly maximumConcurrency: number;
}

/** E-mail settings before they are checked: not every stage has a sender by itself. */
export type EmailDraft = Omit<EmailSettings, 'sender'> & { readonly sender?: string };

const address = z.email();

/** Beyond the rate that any account has got; a larger number is a mistake. */
const mostSendsPerSecond = 10_000;

function belongsTo(sender: string, identity: string): boolean {
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  return identity === sender || identity === domain || domain.endsWith(`.${identity}`);
}

/**
 * The rules that e-mail settings break.
 * @param isOnOneMachine whether the stage runs on one machine, where alone e-mails may go elsewhere than to SES
 */
export function* brokenEmailRules(
  { sender, identity, endpoint, sendsPerSecond }: EmailDraft,
  isOnOneMachine: boolean,
): Generator<string> {
  if (endpoint !== undefined && !isOnOneMachine) {
    yield `email.endpoint (-c emailEndpoint) is for stages on one machine, got "${endpoint}"`;
  } else if (endpoint !== undefined && !URL.canParse(endpoint)) {
    yield `email.endpoint (-c emailEndpoint) must be a URL, got "${endpoint}"`;
  }
  if (!Number.isInteger(sendsPerSecond) || sendsPerSecond < 1 || sendsPerSecond > mostSendsPerSecond) {
    yield `email.sendsPerSecond (-c emailSendsPerSecond) must be a whole number from 1 to ${mostSendsPerSecond}, got ${sendsPerSecond}`;
  }
  if (sender === undefined || !address.safeParse(sender).success) {
    yield `email.sender (-c emailSender) must be an e-mail address, got ${JSON.stringify(sender)}`;
  } else if (identity !== undefined && !belongsTo(sender, identity)) {
    yield `email.identity (-c emailIdentity) must be the sender ${sender}, its domain or one above it, got "${identity}"`;
  }
}
