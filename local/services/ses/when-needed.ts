// SES, started by the first e-mail: aws-ses-v2-local takes 35 MB, and many a run sends none.
import { join } from 'node:path';
import { type Email, mailboxFile, readMailbox } from './mailbox.ts';
import { type Ses, startSes } from './start.ts';

export interface SesWhenNeeded {
  /** Starts it if need be. */
  endpoint(): Promise<string>;
  /** All that was ever sent, oldest first. */
  emails(): readonly Email[];
  stop(): Promise<void>;
}

/** @param dataDirectory where the e-mails are kept */
export function sesWhenNeeded(dataDirectory: string): SesWhenNeeded {
  let started: Promise<Ses> | undefined;
  return {
    async endpoint() {
      started ??= startSes(dataDirectory);
      return (await started).endpoint;
    },
    emails: () => readMailbox(join(dataDirectory, mailboxFile)),
    async stop() {
      await (await started)?.stop();
    },
  };
}
