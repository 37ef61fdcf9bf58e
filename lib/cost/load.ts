// What so many orders a second ask of a stage, each second.
import * as assumed from './assumptions.ts';
import { fannedOut, messagesTo, relayed } from './bundling.ts';
import { type Measured, measured, sizes } from './order.ts';

/** A partition of DynamoDB takes so many write units a second, and has a shard of the change stream. */
export const unitsOfPartition = 1_000;
const SHARD_BYTES = 1_000_000;
const SHARD_RECORDS = 1_000;
const MESSAGES_PER_BATCH = 10;
/** Kinesis on demand counts a record by the kilobyte begun. */
const RECORD_STEP = 1_024;

export interface Load {
  readonly ordersPerSecond: number;
  readonly commits: number;
  readonly records: number;
  readonly recordBytes: number;
  readonly billedRecordBytes: number;
  readonly shards: number;
  readonly invocations: Readonly<Record<string, number>>;
  /** Milliseconds of all invocations of a second, so how many run at once, times a thousand. */
  readonly busyMillis: Readonly<Record<string, number>>;
  readonly messages: Readonly<Record<string, number>>;
  readonly queueRequests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly eventWriteUnits: number;
  readonly emails: number;
  /** That would be invalidated if the budget allowed it. */
  readonly tags: number;
  readonly apiRequests: number;
  readonly edgeRequests: number;
}

/** @param windowInSeconds how long the invalidator gathers */
export function loadOf(
  ordersPerSecond: number,
  windowInSeconds: number,
  { order, queries, stage }: Measured = measured,
): Load {
  const commits = ordersPerSecond * order.commits;
  const { records, invocations: relays } = relayed(commits, {
    shards: Math.max(1, Math.ceil(commits / unitsOfPartition)),
    lanes: stage.lanes,
  });
  const recordBytes = records * sizes.loneRecord + (commits - records) * sizes.bundledCommit;
  const shards = Math.max(
    assumed.leastShards,
    Math.ceil(recordBytes / SHARD_BYTES),
    Math.ceil(records / SHARD_RECORDS),
  );
  const messages = mapped(order.hints, (hints, name) =>
    messagesTo(ordersPerSecond * hints, shards, stage.hintsPerMessage[name] ?? 1),
  );
  const sends = sum(
    mapped(order.hints, (hints, name) =>
      messagesTo(ordersPerSecond * hints, shards, MESSAGES_PER_BATCH * (stage.hintsPerMessage[name] ?? 1)),
    ),
  );
  const looked = Object.entries(assumed.looks).map(([route, { perOrder, atTheEdge }]) => ({
    all: perOrder * ordersPerSecond,
    missed: perOrder * (1 - atTheEdge) * ordersPerSecond,
    requests: queries[route],
  }));
  const missed = looked.reduce((total, look) => total + look.missed, 0);
  const invocations: Readonly<Record<string, number>> = {
    ...mapped(order.functions, ({ invocations: alone }, name) => {
      if (name === 'relay') return relays;
      if (name === 'fan-out') return fannedOut(records, shards);
      if (name === 'invalidator')
        return Math.min(alone * ordersPerSecond, assumed.queuePollers.perQueue / windowInSeconds);
      const subscription = name.replace(/-projector$/, '');
      const hints = order.hints[subscription];
      if (hints === undefined) return alone * ordersPerSecond;
      return (messages[subscription] ?? 0) + (alone - hints) * ordersPerSecond;
    }),
    query: missed,
  };
  /** Requests that a function makes for itself, of which those by batch fall with the number of batches. */
  const requestsOf = (name: string, service: string): number => {
    const { requests = {}, invocations: alone = 1 } = order.functions[name] ?? {};
    const ofOrder = sumOf(requests, service);
    const isByBatch = service !== 'dynamodb' || name === 'invalidator';
    return isByBatch ? (ofOrder / alone) * (invocations[name] ?? 0) : ofOrder * ordersPerSecond;
  };
  const names = Object.keys(order.functions);
  const ownSends = sum(
    Object.fromEntries(names.filter((name) => name !== 'fan-out').map((name) => [name, requestsOf(name, 'sqs')])),
  );
  const consumed = sum(mapped(invocations, (count, name) => (isConsumer(name) ? count : 0)));
  const emptyLooks = (stage.polledQueues * assumed.queuePollers.perQueue) / assumed.queuePollers.longestLookInSeconds;
  const units = (kind: 'readUnits' | 'writeUnits'): number =>
    names.reduce((total, name) => {
      const { [kind]: ofOrder = 0, invocations: alone = 1 } = order.functions[name] ?? {};
      return (
        total + (name === 'invalidator' ? (ofOrder / alone) * (invocations[name] ?? 0) : ofOrder * ordersPerSecond)
      );
    }, 0);
  return {
    ordersPerSecond,
    commits,
    records,
    recordBytes,
    billedRecordBytes:
      records * Math.ceil(recordBytes / Math.max(records, Number.MIN_VALUE) / RECORD_STEP) * RECORD_STEP,
    shards,
    invocations,
    busyMillis: mapped(invocations, (count, name) => {
      const waits = Object.entries(assumed.waitInMillis).reduce(
        (total, [service, millis]) => total + requestsOf(name, service) * millis,
        0,
      );
      const bundled = name === 'relay' || name === 'fan-out' ? commits * assumed.ownMillis.bundledCommit : 0;
      const looks = name === 'query' ? missed * (assumed.waitInMillis['dynamodb'] ?? 0) : 0;
      const payment = name === 'order-fulfilment' ? ordersPerSecond * assumed.paymentInMillis : 0;
      return count * assumed.ownMillis.invocation + waits + bundled + looks + payment;
    }),
    messages,
    queueRequests: sends + ownSends + 2 * consumed + Math.max(0, emptyLooks - consumed),
    readUnits:
      units('readUnits') + looked.reduce((total, look) => total + look.missed * (look.requests?.readUnits ?? 0), 0),
    writeUnits: units('writeUnits'),
    eventWriteUnits: commits,
    emails: ordersPerSecond * order.emails,
    tags: ordersPerSecond * order.tags,
    apiRequests: missed + assumed.commandsPerOrder * ordersPerSecond,
    edgeRequests: looked.reduce((total, look) => total + look.all, 0) + assumed.commandsPerOrder * ordersPerSecond,
  };
}

const isConsumer = (name: string): boolean =>
  !['relay', 'fan-out', 'query'].includes(name) && !name.endsWith('-command');

const mapped = <Value>(record: Readonly<Record<string, Value>>, change: (value: Value, name: string) => number) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));

const sum = (record: Readonly<Record<string, number>>): number =>
  Object.values(record).reduce((one, other) => one + other, 0);

const sumOf = (requests: Readonly<Record<string, number>>, service: string): number =>
  Object.entries(requests).reduce((total, [name, count]) => total + (name.startsWith(`${service}.`) ? count : 0), 0);
