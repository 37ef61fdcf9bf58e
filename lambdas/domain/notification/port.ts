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
  /** It will never take it. `code` is stable, snake case. */
  | { readonly kind: 'refused'; readonly code: string };

export interface Mailer {
  /**
   * Sends the mail once, if at all. There is no idempotency key: after an error other than a refusal the mail may or may not
   * have been taken.
   * @param signal ends the attempt
   * @throws Error for what may pass; neither it nor its causes hold an address
   */
  send(mail: Mail, signal: AbortSignal): Promise<MailResult>;
}
