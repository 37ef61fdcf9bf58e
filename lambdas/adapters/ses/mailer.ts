// The mailer port on SES v2. Only a send that SES throttled is repeated here: any other one repeated may be a second e-mail.
import { BadRequestException, MessageRejected, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { SdkError } from '@smithy/types';
import type { Mailer } from '../../domain/notification/port.ts';
import { EventspineError } from '../../kernel/errors.ts';
import { ThrottlingRetryStrategy } from '../throttling-retry.ts';

const MAX_ATTEMPTS = 4;

/**
 * SES did not take the e-mail, or its answer was lost. Without the SDK's error as its cause, whose message may quote an
 * address: what operators need of that error is in the message.
 */
export class MailNotSentError extends EventspineError {
  readonly code = 'mail_not_sent';
}

export const sesClient = (): SESv2Client =>
  new SESv2Client({
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_000,
      requestTimeout: 5_000,
      throwOnRequestTimeout: true,
    }),
    retryStrategy: new ThrottlingRetryStrategy(MAX_ATTEMPTS),
  });

/** @param sender an address that SES has verified */
export function sesMailer(client: SESv2Client, sender: string): Mailer {
  return {
    async send({ to, subject, text, html }, signal) {
      const command = new SendEmailCommand({
        FromEmailAddress: sender,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
      });
      try {
        // SES names every e-mail that it takes; the SDK makes each member of an answer optional.
        const { MessageId = 'unnamed' } = await client.send(command, { abortSignal: signal });
        return { kind: 'sent', messageId: MessageId };
      } catch (error) {
        const code = refusalCode(error);
        if (code !== undefined) return { kind: 'refused', code };
        throw notSent(error);
      }
    },
  };
}

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** An address that SES cannot read is a bad request to it. */
function refusalCode(error: unknown): string | undefined {
  if (error instanceof MessageRejected) return 'message_rejected';
  return error instanceof BadRequestException ? 'bad_request' : undefined;
}

function notSent(error: unknown): MailNotSentError {
  const { name, $metadata } = error as SdkError;
  const { httpStatusCode = 'none', requestId = 'none' } = $metadata ?? {};
  return new MailNotSentError(`SES did not take an e-mail: ${name}, status ${httpStatusCode}, request ${requestId}`);
}
