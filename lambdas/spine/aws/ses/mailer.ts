// The mailer port on SES v2. It never retries: the pace repeats a throttled send, and repeating any other might send a second
// mail.
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Mailer } from '../../notifications/port.ts';
import { destination } from './destination.ts';
import { resultOf } from './errors.ts';

export const sesClient = (): SESv2Client =>
  new SESv2Client({
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1_000,
      requestTimeout: 5_000,
      throwOnRequestTimeout: true,
    }),
    maxAttempts: 1,
  });

/** @param sender an address that SES has verified */
export function sesMailer(client: SESv2Client, sender: string): Mailer {
  return {
    async send({ to, subject, text, html }, signal) {
      const address = destination(to);
      if (address === undefined) return { kind: 'refused', code: 'address_not_supported' };
      const command = new SendEmailCommand({
        FromEmailAddress: sender,
        Destination: { ToAddresses: [address] },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
      });
      try {
        // SES names every mail that it takes; the SDK makes each member of an answer optional.
        const { MessageId = 'unnamed' } = await client.send(command, { abortSignal: signal });
        return { kind: 'sent', messageId: MessageId };
      } catch (error) {
        return resultOf(error);
      }
    },
  };
}

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
