// Has one subscriber look at streams again.
import pMap from 'p-map';
import type { SubscriptionQueue } from '../../aws/sqs/subscription-queue.ts';
import { encodeHint } from '../../aws/wire/bundle-codec.ts';
import type { Progress } from '../../kernel/audit/progress.ts';
import { idOf } from '../../kernel/envelope.ts';
import { bareHint, hintOf } from '../../kernel/pipeline/bundle.ts';
import type { Timers } from '../../kernel/timers.ts';

const PARALLEL_SENDS = 20;

/** By hints without their events: who hears one reads what it lacks from the event table. */
export const telling =
  (queue: SubscriptionQueue): Progress['tell'] =>
  async (commits) =>
    (await queue.send(commits.map((commit) => encodeHint(bareHint(hintOf(commit)))))).streams;

/** A process by a timer that rings at once: then it hears all that it may have missed, and looks at the clock. */
export const ringing =
  (timers: Timers, now: () => Date): Progress['tell'] =>
  async (commits) => {
    const dueAt = now().toISOString();
    const ofProcesses = new Map(commits.map(({ stream, correlationId }) => [idOf(stream), { correlationId }]));
    await pMap(ofProcesses, ([processId, { correlationId }]) => timers.schedule({ processId, dueAt, correlationId }), {
      concurrency: PARALLEL_SENDS,
    });
    return new Set();
  };
