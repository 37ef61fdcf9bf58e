// The mailer port.

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export type MailResult =
  /** The mail service has taken it. `messageId` is the service's own. */
  | { readonly kind: 'sent'; readonly messageId: string }
  /** It will never take this one. `code` is stable, snake case. */
  | { readonly kind: 'refused'; readonly code: string }
  | Delay;

/** It does not take it now. */
export interface Delay {
  readonly kind: 'delayed';
  /**
   * `rate`: these are too many at a time; `outage`: it passes by itself, and only here the mail may have been taken in spite of
   * all; `operator`: it takes none, or not this one, until somebody changes something.
   */
  readonly cause: 'rate' | 'outage' | 'operator';
  /** Stable, snake case. */
  readonly code: string;
  /** For operators: what the service said, without an address. */
  readonly detail: string;
}

export interface Mailer {
  /**
   * Sends the mail once, if at all. There is no idempotency key.
   * @param signal ends the attempt
   */
  send(mail: Mail, signal: AbortSignal): Promise<MailResult>;
}
