// An edge before the real query function, kept coherent by the real projector and the real invalidator. Whatever they write,
// send or invalidate stops at a gate until the test opens it.
import type { SQSEvent } from 'aws-lambda';
import { catalogue, type ProductView } from '../../../lambdas/shop/products/catalogue.ts';
import { productDecider } from '../../../lambdas/shop/products/decider.ts';
import { invalidationIn } from '../../../lambdas/spine/aws/sqs/invalidation-queue.ts';
import { encodeBundle, encodeHint } from '../../../lambdas/spine/aws/wire/bundle-codec.ts';
import { invalidator } from '../../../lambdas/spine/edge/handler.ts';
import { projector } from '../../../lambdas/spine/functions/projector/handler.ts';
import { hintOf } from '../../../lambdas/spine/kernel/pipeline/bundle.ts';
import type { Invalidation } from '../../../lambdas/spine/kernel/pipeline/invalidation.ts';
import type { BatchResponse } from '../../../lambdas/spine/runtime/batch-response.ts';
import { inMemoryBudgetStore } from '../../../lambdas/spine/testing/memory/budget-store.ts';
import { inMemoryEventStore } from '../../../lambdas/spine/testing/memory/event-store.ts';
import { inMemoryReadTable } from '../../../lambdas/spine/testing/memory/read-table.ts';
import { edgeModel, type Versions } from '../../spine/invalidation/edge-model.ts';
import { type Gated, gates, untilStill } from '../../spine/invalidation/gates.ts';
import { run } from '../../support/commands.ts';
import { noOwnQueue } from '../../support/no-own-queue.ts';
import { shopFront } from './shop-front.ts';

export const SKUS = ['A', 'B', 'C', 'D'] as const;
export const PATHS = ['/products', '/products/A', '/products/B'] as const;

export const SETTLING_IN_SECONDS = 15;
export const LIFETIME_IN_SECONDS = 120;
const LONGEST_READ_IN_SECONDS = 10;

const settings = {
  tokensPerMonth: 1_000_000,
  burst: 100_000,
  collapseAbove: 3,
  sharedLifetimeInSeconds: LIFETIME_IN_SECONDS,
  settlingInSeconds: SETTLING_IN_SECONDS,
};

interface Message {
  readonly body: string;
  readonly visibleAt: number;
  /** The rows when it was sent. */
  readonly rows: Versions;
}

interface Run {
  readonly handle: (event: SQSEvent) => Promise<BatchResponse>;
  /** Hears of each message that is settled. */
  end(message: Message): void;
}

export type World = Awaited<ReturnType<typeof newWorld>>;

/** @param order `tags first` is a projector whose rows take effect after the edge was told of them */
export async function newWorld(order: 'row first' | 'tags first' = 'row first') {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const clock = () => new Date(now);
  const store = inMemoryEventStore();
  const table = inMemoryReadTable<ProductView>();
  const budget = inMemoryBudgetStore();
  const answer = shopFront(store, table, LIFETIME_IN_SECONDS);
  const edge = edgeModel(LONGEST_READ_IN_SECONDS);
  const gate = gates();
  const queues = { hints: [] as Message[], invalidations: [] as Message[] };
  /** The second passes that are done, with the rows that whatever the edge shows under their tags is not older than. */
  const done: { readonly tags: readonly string[]; readonly rows: Versions }[] = [];
  /** The rows by the time that the edge was told they changed at. */
  const rowsAt = new Map<string, Versions>();

  const rows = (): Versions => Object.fromEntries([...table.rows.values()].map((row) => [row.stream, row.version]));
  const message = (body: string, delayInSeconds = 0): Message => ({
    body,
    visibleAt: now + delayInSeconds * 1000,
    rows: rows(),
  });
  const send = async (invalidation: Invalidation, delayInSeconds?: number): Promise<void> => {
    queues.invalidations.push(message(JSON.stringify(invalidation), delayInSeconds));
  };

  const deliver = async (queue: Message[], most: number, runOf: (gated: Gated) => Run): Promise<void> => {
    const messages = queue.filter(({ visibleAt }) => visibleAt <= now).slice(0, most);
    if (messages.length === 0) return;
    for (const each of messages) queue.splice(queue.indexOf(each), 1);
    const { handle, end } = runOf(gate.forRun(() => queue.push(...messages)));
    const records = messages.map(({ body }, index) => ({ messageId: String(index), body }) as never);
    void handle({ Records: records }).then(({ batchItemFailures }) => {
      if (batchItemFailures.length > 0) throw new Error('Nothing fails here');
      messages.forEach(end);
    });
    await untilStill();
  };

  const projectorRun = (gated: Gated): Run => {
    const put: typeof table.put = (row) => {
      const written = gated('row', () => table.put(row, {}));
      return order === 'row first' ? written : Promise.resolve('written');
    };
    const invalidations = { send: (invalidation: Invalidation) => gated('tags', () => send(invalidation)) };
    const changedAt = () => {
      const time = clock();
      if (!rowsAt.has(time.toISOString())) rowsAt.set(time.toISOString(), rows());
      return time;
    };
    const ports = { store, table: { ...table, put }, invalidations, ownQueue: noOwnQueue, now: changedAt };
    return { handle: projector(catalogue, ports), end: () => {} };
  };

  const invalidatorRun = (gated: Gated): Run => {
    const invalidated = new Set<string>();
    const invalidate = (tags: readonly string[]) =>
      gated('invalidation', async () => {
        edge.invalidate(tags);
        for (const tag of tags) invalidated.add(tag);
        return { kind: 'created' } as const;
      });
    const ports = {
      budget,
      edge: { invalidate },
      queue: { send: (...args: Parameters<typeof send>) => gated('second pass', () => send(...args)) },
      publish: () => {},
      wait: () => Promise.resolve(),
      random: () => 0,
      now: clock,
    };
    return {
      handle: invalidator(ports, settings),
      end({ body, rows: atSending }) {
        const { pass, collection, tags, changedAt } = invalidationIn(body);
        const isMade = [...tags, collection].some((tag) => invalidated.has(tag));
        // One that comes so late that it is passed over speaks for the change that it was sent for, and for no later one.
        if (pass === 2) done.push({ tags, rows: isMade ? atSending : (rowsAt.get(changedAt) ?? {}) });
      },
    };
  };

  const world = {
    gate,
    rows,
    shown: () => edge.shown(now),
    async change(sku: string): Promise<void> {
      await run(store, productDecider, `product-${sku}`, { type: 'ChangePrice', sku, unitPrice: 2 });
      const [latest] = store.commits(`product-${sku}`).slice(-1).map(hintOf);
      if (latest) queues.hints.push(message(encodeBundle([encodeHint(latest)])));
    },
    /** Another delivery of a message that is on its way. */
    repeat(kind: keyof typeof queues, pick: number): void {
      const queue = queues[kind];
      queue.push(...queue.slice(pick % Math.max(1, queue.length)).slice(0, 1));
    },
    project: (most = 10) => deliver(queues.hints, most, projectorRun),
    invalidate: (most = 10) => deliver(queues.invalidations, most, invalidatorRun),
    /** A reader with a consistency token, whom the query function brings the row up to date for; the edge is not told. */
    catchUp: async (sku: string): Promise<void> => {
      const { length } = store.commits(`product-${sku}`);
      await answer(`/products/${sku}`, `consistentWith=product-${sku}@${length}`);
    },
    /** The edge asks for what it does not have; the answer is under way until it arrives. */
    async read(path: string): Promise<void> {
      if (!edge.shown(now).some((each) => each.path === path)) edge.startRead(await answer(path), now);
    },
    arrive: (pick: number) => edge.arrive(pick, now),
    pass(seconds: number): void {
      now += seconds * 1000;
      edge.giveUpReads(now);
    },
    /** What the edge shows that is older than a second pass that is done allows. */
    broken: () =>
      edge
        .shown(now)
        .filter(({ versions, tags }) =>
          done
            .filter((each) => each.tags.some((tag) => tags.includes(tag)))
            .some((each) => Object.entries(versions).some(([stream, version]) => version < (each.rows[stream] ?? 0))),
        ),
    /** Lets everything come to its end, with reads under way arriving between the two passes. */
    async settle(): Promise<void> {
      await gate.openAll();
      while (queues.hints.length > 0) {
        await world.project();
        await gate.openAll();
      }
      await world.invalidate(1000);
      await gate.openAll();
      while (edge.reads() > 0) edge.arrive(0, now);
      now += SETTLING_IN_SECONDS * 1000;
      await world.invalidate(1000);
      await gate.openAll();
    },
  };

  for (const sku of SKUS) {
    const list = { type: 'ListProduct', sku, name: sku, unitPrice: 1, currency: 'EUR' } as const;
    await run(store, productDecider, `product-${sku}`, list);
    await world.catchUp(sku);
  }
  return world;
}
