// Runs the template's schedules, but for those of a host at rest: where nothing was written there is nothing to look after. What was
// written is looked after for two periods, as it may be too young in the first.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Resource } from '../ports.ts';
import { clientSettings } from '../services/client-settings.ts';
import { queueNameOf, queueUrl } from '../services/sqs/queue-url.ts';
import { type Schedule, schedulesIn } from './schedule-settings.ts';

export interface ScheduleSources {
  /** Of SQS. */
  readonly endpoint: string;
  /** When a table with a change stream was written to last, in milliseconds since 1970. */
  lastWriteAt(): number | undefined;
  /** Where the last time of each schedule is kept over a restart. */
  readonly folder: string;
  warn(message: string): void;
}

export interface Schedules {
  stop(): void;
}

/** @throws Error that names the resource, for a setting that is not known here */
export function startSchedules(resources: readonly Resource[], sources: ScheduleSources): Schedules {
  const client = new SQSClient(clientSettings(sources.endpoint));
  mkdirSync(sources.folder, { recursive: true });
  const send = ({ queueArn, input }: Schedule['targets'][number]) =>
    client
      .send(new SendMessageCommand({ QueueUrl: queueUrl(sources.endpoint, queueNameOf(queueArn)), MessageBody: input }))
      .catch((error: unknown) => sources.warn(`A schedule could not send to ${queueArn}: ${error}`));
  const timers = schedulesIn(resources).map((schedule) => {
    const file = join(sources.folder, schedule.name);
    return setInterval(() => {
      const now = Date.now();
      const wroteAt = sources.lastWriteAt();
      const lastAt = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NEGATIVE_INFINITY;
      if (!isDue({ now, wroteAt, lastAt, periodInMillis: schedule.periodInMillis })) return;
      writeFileSync(file, String(now));
      for (const target of schedule.targets) void send(target);
    }, schedule.periodInMillis).unref();
  });
  return {
    stop() {
      for (const timer of timers) clearInterval(timer);
      client.destroy();
    },
  };
}

interface Look {
  /** All in milliseconds since 1970. */
  readonly now: number;
  readonly wroteAt: number | undefined;
  readonly lastAt: number;
  readonly periodInMillis: number;
}

/** Whether something was written after the last time, or so shortly before it that it was too young to be looked after. */
export const isDue = ({ now, wroteAt, lastAt, periodInMillis }: Look): boolean =>
  // The last time lies ahead when the clock was set back.
  wroteAt !== undefined && (wroteAt > lastAt - periodInMillis || lastAt > now);
