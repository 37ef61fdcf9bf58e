// The e-mails that an endpoint has taken in place of SES, as LocalStack and MiniStack show them.
import * as z from 'zod';
import type { EmailsBody } from '../contract-bodies.ts';

/** https://docs.localstack.cloud/aws/services/ses/ */
const localStack = z.object({
  messages: z.array(
    z.object({
      Destination: z.object({ ToAddresses: z.array(z.string()) }),
      Subject: z.string(),
      Body: z.object({ text_part: z.string() }),
      Timestamp: z.string(),
    }),
  ),
});

const miniStack = z.object({
  messages: z.record(
    z.string(),
    z.array(
      z.object({
        To: z.array(z.string()),
        Subject: z.string(),
        BodyText: z.string(),
        Timestamp: z.union([z.string(), z.number()]),
      }),
    ),
  ),
});

const paths = ['/_aws/ses', '/_ministack/ses/messages'];

/** @throws Error when the endpoint shows nobody what it has taken */
export async function inboxAt(endpoint: string): Promise<string> {
  for (const path of paths) {
    const url = `${endpoint}${path}`;
    const answer = await fetch(url);
    const body = await answer.text();
    if (answer.ok && body.startsWith('{"messages"')) return url;
  }
  throw new Error(`${endpoint} must show its e-mails at one of ${paths.join(', ')}; it does not`);
}

/** Oldest first. */
export async function inboxOf(inboxUrl: string): Promise<EmailsBody['emails']> {
  const body: unknown = await (await fetch(inboxUrl)).json();
  const read = z.union([localStack, miniStack]).parse(body);
  if (Array.isArray(read.messages)) {
    return read.messages.map(({ Destination, Subject, Body, Timestamp }) => ({
      to: Destination.ToAddresses.join(', '),
      subject: Subject,
      text: Body.text_part,
      sentAt: Timestamp,
    }));
  }
  return Object.values(read.messages)
    .flat()
    .map(({ To, Subject, BodyText, Timestamp }) => ({
      to: To.join(', '),
      subject: Subject,
      text: BodyText,
      sentAt: String(Timestamp),
    }));
}
