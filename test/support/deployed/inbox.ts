// The e-mails that an endpoint has taken in place of SES, as LocalStack, MiniStack and aws-ses-v2-local show them.
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

const sesV2Local = z.object({
  emails: z.array(
    z.object({
      destination: z.object({ to: z.array(z.string()) }),
      subject: z.string(),
      body: z.object({ text: z.string() }),
      /** Seconds since 1970. */
      at: z.number(),
    }),
  ),
});

const inbox = z.union([localStack, miniStack, sesV2Local]);

const paths = ['/_aws/ses', '/_ministack/ses/messages', '/store'];

/** @throws Error when the endpoint shows nobody what it has taken */
export async function inboxAt(endpoint: string): Promise<string> {
  for (const path of paths) {
    const url = `${endpoint}${path}`;
    const answer = await fetch(url);
    const isInbox = inbox.safeParse(await answer.json().catch(() => undefined)).success;
    if (answer.ok && isInbox) return url;
  }
  throw new Error(`${endpoint} must show its e-mails at one of ${paths.join(', ')}; it does not`);
}

/** Oldest first. */
export async function inboxOf(inboxUrl: string): Promise<EmailsBody['emails']> {
  const body: unknown = await (await fetch(inboxUrl)).json();
  const read = inbox.parse(body);
  if ('emails' in read) {
    return read.emails.map(({ destination, subject, body: { text }, at }) => ({
      to: destination.to.join(', '),
      subject,
      text,
      sentAt: String(at),
    }));
  }
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
