// Orders, products and payments in memory, with the process manager among them: what happens becomes a delivery, deliveries
// are handled in any order and number, and a run may die after any of its writes.
import type { SQSEvent } from 'aws-lambda';
import { fulfilOrders } from '../../../lambdas/shop/fulfilment/worker/handler.ts';
import type { FulfilmentPorts } from '../../../lambdas/shop/fulfilment/worker/ports.ts';
import { shop } from '../../../lambdas/shop/shop.ts';
import type { QueuedTimer } from '../../../lambdas/spine/aws/sqs/timer-queue.ts';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { type Commit, categoryOf } from '../../../lambdas/spine/kernel/envelope.ts';
import type { EventStore } from '../../../lambdas/spine/kernel/event-store.ts';
import { keptStreams } from '../../../lambdas/spine/kernel/execution/kept-streams.ts';
import { type Hint, hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import { inMemoryEventStore } from '../../support/memory/event-store.ts';
import { fakeProvider } from './fake-provider.ts';

const heard: readonly string[] = shop.functions['order-fulfilment'].hears;

export const PAYMENT_TIMEOUT_IN_SECONDS = 1_200;
export const OUTAGE_IN_SECONDS = 12 * 60 * 60;
/** How often a message is delivered before it is a dead letter. */
export const MAX_DELIVERIES = 5;

/** Of an SQS message. */
const LONGEST_DELAY_IN_MILLIS = 900_000;

interface Message {
  readonly messageId: string;
  readonly body: string;
  deliveries: number;
}

export interface Run {
  /** Which of the waiting messages, by their place. */
  readonly picks: readonly number[];
  /** Dies after that many writes; never when absent. */
  readonly diesAfter?: number | undefined;
  /** How long each step takes, in turns of the event loop: what lets runs overlap in different ways. */
  readonly pace: readonly number[];
  /** Knows the streams of earlier such runs, as a process that lives on does. @default false */
  readonly isWarm?: boolean;
}

export function fulfilmentWorld() {
  const inner = inMemoryEventStore();
  const waiting: Message[] = [];
  const commits: Commit[] = [];
  let timers: { readonly timer: QueuedTimer; readonly backAt: number }[] = [];
  let longWaits = 0;
  let refuses: (commit: Commit) => boolean = () => false;
  let ids = 0;
  let nowInMillis = Date.parse('2026-01-01T00:00:00.000Z');
  let conflicts = 0;

  const deliver = (body: string) => waiting.push({ messageId: `m${ids++}`, body, deliveries: 0 });
  const store: EventStore = {
    ...inner,
    async append(commit) {
      if (refuses(commit)) throw new Error('The event table does not take it now');
      const result = await inner.append(commit);
      if (result.kind === 'conflict') conflicts += 1;
      if (result.kind === 'appended') {
        commits.push(commit);
        if (heard.includes(categoryOf(commit.stream))) {
          deliver(encodeBundle([encodeHint(hintOf(commit))]));
        }
      }
      return result;
    },
  };

  const now = () => new Date(nowInMillis);
  const provider = fakeProvider(now);
  const schedule = async (timer: QueuedTimer): Promise<void> => {
    const backAt = Math.max(nowInMillis, Math.min(Date.parse(timer.dueAt), nowInMillis + LONGEST_DELAY_IN_MILLIS));
    timers.push({ timer, backAt });
  };
  const kept = keptStreams();
  const ports = {
    store,
    provider,
    timers: { schedule },
    ownQueue: {
      handOn: async (hints: readonly Hint[]) => void deliver(encodeBundle(hints.map((hint) => encodeHint(hint)))),
    },
    paymentTimeoutInSeconds: PAYMENT_TIMEOUT_IN_SECONDS,
    outageInSeconds: OUTAGE_IN_SECONDS,
    countLongWait: () => {
      longWaits += 1;
    },
    wait: () => Promise.resolve(),
    random: () => 0,
    newId: () => `id-${ids++}`,
    now,
  };

  /** The ports of one run: slow by its pace, and dead after its last write. */
  function portsOf({ diesAfter, pace, isWarm = false }: Run): FulfilmentPorts {
    let writes = 0;
    let step = 0;
    const isDead = () => diesAfter !== undefined && writes > diesAfter;
    const alive = async () => {
      for (let turn = pace[step++ % pace.length] ?? 0; turn > 0; turn -= 1) await new Promise(setImmediate);
      if (isDead()) throw new Error('this run is dead');
    };
    const read = <Result>(task: () => Promise<Result>) => alive().then(task);
    const write = async <Result>(task: () => Promise<Result>): Promise<Result> => {
      await alive();
      const result = await task();
      writes += 1;
      await alive();
      return result;
    };
    return {
      ...ports,
      ...(isWarm && { kept }),
      store: {
        ...store,
        append: (commit) => write(() => store.append(commit)),
        async *readBackward(stream) {
          await read(async () => undefined);
          yield* store.readBackward(stream);
        },
        async *readForward(stream, after) {
          await read(async () => undefined);
          yield* store.readForward(stream, after);
        },
      },
      provider: {
        ...provider,
        capture: (request) => write(() => provider.capture(request)),
        refund: (request) => write(() => provider.refund(request)),
        find: (request) => read(() => provider.find(request)),
      },
      timers: { schedule: (timer) => write(() => ports.timers.schedule(timer)) },
      ownQueue: { handOn: (hints) => write(() => ports.ownQueue.handOn(hints)) },
    };
  }

  async function run(how: Run): Promise<void> {
    const batch = [...new Set(how.picks.map((pick) => waiting[pick % Math.max(waiting.length, 1)]))].filter(
      (message) => message !== undefined,
    );
    if (batch.length === 0) return;
    for (const message of batch) message.deliveries += 1;
    const event = { Records: batch } as unknown as SQSEvent;
    const { batchItemFailures } = await fulfilOrders(portsOf(how))(event);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of batch) {
      const at = waiting.indexOf(message);
      if (!failed.has(message.messageId) && at >= 0) waiting.splice(at, 1);
    }
  }

  /** Lets the clock pass that many seconds; timers that are due, or whose hop of 15 minutes is over, come back. */
  function pass(seconds: number): void {
    nowInMillis += seconds * 1000;
    const back = timers.filter(({ backAt }) => backAt <= nowInMillis);
    timers = timers.filter(({ backAt }) => backAt > nowInMillis);
    for (const { timer } of back) deliver(JSON.stringify({ timer }));
  }

  const nextTimerInSeconds = () => (Math.min(...timers.map(({ backAt }) => backAt)) - nowInMillis) / 1_000;

  return {
    store,
    provider,
    ports,
    commits,
    waiting,
    deliver,
    run,
    pass,
    now,
    /** Which commits the event table does not take, for now. */
    refuse: (which: (commit: Commit) => boolean) => {
      refuses = which;
    },
    timers: () => timers.map(({ timer }) => timer),
    longWaits: () => longWaits,
    conflicts: () => conflicts,
    repeat: (pick: number) => {
      const message = waiting[pick % Math.max(waiting.length, 1)];
      if (message) deliver(message.body);
    },
    /**
     * Delivers whatever waits and whatever comes back, until nothing does any more or so many seconds are over.
     * @returns the dead letters: what was delivered five times without success
     */
    async live(seconds: number): Promise<Message[]> {
      const end = nowInMillis + seconds * 1_000;
      const dead: Message[] = [];
      while (waiting.length > 0 || (timers.length > 0 && nowInMillis + nextTimerInSeconds() * 1_000 <= end)) {
        if (waiting.length === 0) pass(nextTimerInSeconds());
        await run({ picks: waiting.slice(0, 10).map((_, index) => index), pace: [0] });
        for (const message of waiting.filter(({ deliveries }) => deliveries >= MAX_DELIVERIES)) {
          dead.push(...waiting.splice(waiting.indexOf(message), 1));
        }
      }
      nowInMillis = Math.max(end, nowInMillis);
      return dead;
    },
    /** Delivers everything there is until nothing waits any more. */
    async settle(): Promise<void> {
      for (let round = 0; round < 1_000 && (waiting.length > 0 || timers.length > 0); round += 1) {
        if (waiting.length === 0) pass(nextTimerInSeconds());
        await run({ picks: waiting.slice(0, 10).map((_, index) => index), pace: [0] });
      }
      if (waiting.length > 0 || timers.length > 0) throw new Error(`${waiting.length} messages never come to rest`);
    },
  };
}

export type FulfilmentWorld = ReturnType<typeof fulfilmentWorld>;
