// SES, started when something happens that may lead to a message: aws-ses-v2-local takes 35 MB, and many runs send none. It
// starts ahead of the first message, because a send may take only as long as the claim on it.
import { join } from 'node:path';
import { type Message, mailboxFile, readMailbox } from './mailbox.ts';
import { type Ses, startSes } from './start.ts';

export interface SesWhenNeeded {
  /** Starts it if need be, without waiting. If the start fails, sending fails with its error. */
  prepare(): void;
  /** Starts it if need be. */
  endpoint(): Promise<string>;
  /** All that was ever sent, oldest first. */
  messages(): readonly Message[];
  stop(): Promise<void>;
}

/** @param dataDirectory where the messages are kept */
export function sesWhenNeeded(dataDirectory: string): SesWhenNeeded {
  let started: Promise<Ses> | undefined;
  const start = (): Promise<Ses> => {
    started ??= startSes(dataDirectory);
    return started;
  };
  return {
    prepare() {
      start().catch(() => undefined);
    },
    async endpoint() {
      return (await start()).endpoint;
    },
    messages: () => readMailbox(join(dataDirectory, mailboxFile)),
    async stop() {
      await (await started)?.stop();
    },
  };
}
