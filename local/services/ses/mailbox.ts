// The messages that were sent, on disk: a line each, oldest first.
import { existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const message = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  /** ISO 8601 with milliseconds. */
  sentAt: z.iso.datetime(),
});

/** Its name in SES's folder. */
export const mailboxFile = 'emails.jsonl';

export type Message = z.output<typeof message>;

export interface Mailbox {
  /** On return the message is with the operating system and outlives this process. */
  keep(message: Message): void;
}

export function openMailbox(file: string): Mailbox {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file)) truncateSync(file, Buffer.byteLength(wholeLines(file).join('')));
  const descriptor = openSync(file, 'a', 0o600);
  return { keep: (each) => void writeSync(descriptor, `${JSON.stringify(each)}\n`) };
}

/** What the mailbox holds now; nothing where there is none yet. */
export const readMailbox = (file: string): Message[] =>
  existsSync(file) ? wholeLines(file).map((line) => message.parse(JSON.parse(line))) : [];

/**
 * Without the last line where it is not, or was never, written to its end: its message is not acknowledged. In a pattern `.` would end at
 * U+2028 too, which JSON leaves as it is.
 */
const wholeLines = (file: string): string[] => readFileSync(file, 'utf8').match(/[^\n]*\n/g) ?? [];
