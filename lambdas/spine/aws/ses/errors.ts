// What SES's errors mean to a mail (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors).
// Nothing of an error but its name, status and request id goes on from here: its message may quote an address.
import type { SdkError } from '@smithy/types';
import type { Delay, MailResult } from '../../notifications/port.ts';

/** Any other error is an outage. */
const causes: Readonly<Record<string, Delay['cause'] | 'refused'>> = {
  // The request itself is wrong, and repeating it will not help.
  BadRequestException: 'refused',
  // "Email address is not verified": the sender's, or in SES's sandbox the recipient's. SES has the same name for a mail with a
  // virus, and only words tell the two apart (https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html).
  MessageRejected: 'operator',
  MailFromDomainNotVerifiedException: 'operator',
  AccountSuspendedException: 'operator',
  SendingPausedException: 'operator',
  NotFoundException: 'operator',
  LimitExceededException: 'operator',
  AccessDeniedException: 'operator',
  // Of a second or of a day: SES says to wait for up to ten minutes and to send again
  // (https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html).
  TooManyRequestsException: 'rate',
  ThrottlingException: 'rate',
};

export function resultOf(error: unknown): Exclude<MailResult, { kind: 'sent' }> {
  const { name, $metadata } = error as SdkError;
  const { httpStatusCode = 'none', requestId = 'none' } = $metadata ?? {};
  const cause = causes[name] ?? 'outage';
  const code = snakeCase(name.replace(/Exception$/, ''));
  if (cause === 'refused') return { kind: 'refused', code };
  return { kind: 'delayed', cause, code, detail: `${name}, status ${httpStatusCode}, request ${requestId}` };
}

/** `SendingPaused` → `sending_paused` */
const snakeCase = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
