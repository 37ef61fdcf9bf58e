import { EventEmitter, once } from 'node:events';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { BatchProcessing } from '../../../local/mappings/batch-processing.ts';
import { Lanes } from '../../../local/mappings/lanes.ts';
import { type FakeFunctions, failuresOf, fakeFunctions } from './fake-functions.ts';
import { record, records, sequencesOf, settingsOf } from './records.ts';

vi.mock('../../../local/mappings/batch-retry.ts', async (original) => ({
  ...(await original<object>()),
  retryDelayInMillis: () => 0,
}));

/** Vitest's clock moves the global timers only (https://vitest.dev/api/vi.html#vi-usefaketimers). */
vi.mock('node:timers/promises', () => ({
  setTimeout: (millis: number, value: unknown, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise((resolve, reject) => {
      setTimeout(resolve, millis, value);
      signal?.addEventListener('abort', () => reject(signal.reason));
    }),
}));

/** From here to the end of the test only {@link pass} makes time pass. */
function stopTheClock(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}

const pass = (millis: number) => vi.advanceTimersByTimeAsync(millis);

interface Discarded {
  readonly sequences: readonly number[];
  readonly reason: string;
  readonly invocations: number;
}

function start(functions: FakeFunctions, properties: Readonly<Record<string, unknown>> = {}) {
  const discarded: Discarded[] = [];
  const discard: BatchProcessing['discard'] = async ({ records: given, invocations }, reason) => {
    discarded.push({ sequences: given.map(({ sequenceNumber }) => Number(sequenceNumber)), reason, invocations });
  };
  const completions = new EventEmitter();
  const lanes = new Lanes({ functions, settings: settingsOf(properties), discard }, () =>
    completions.emit('completed'),
  );
  onTestFinished(() => lanes.stop());
  const idle = async (): Promise<void> => {
    while (lanes.held > 0) await once(completions, 'completed');
  };
  return { lanes, discarded, idle };
}

const batchesOf = ({ batches }: FakeFunctions): unknown[][] => batches.map(sequencesOf);

test('invokes with a lone record at once, and with what has come meanwhile as the next batch', async () => {
  let finish = (): void => {};
  const first = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const functions = fakeFunctions(() => first);
  const { lanes, idle } = start(functions, { BatchSize: 3 });
  lanes.push(record(1));
  await expect.poll(() => batchesOf(functions)).toEqual([[1]]);

  for (const sequence of [2, 3, 4, 5]) lanes.push(record(sequence));
  finish();
  await idle();

  expect(batchesOf(functions)).toEqual([[1], [2, 3, 4], [5]]);
});

test('makes batches of what keeps coming one at a time', async () => {
  const functions = fakeFunctions(() => {});
  const { lanes } = start(functions);
  stopTheClock();
  for (const each of records(60)) {
    lanes.push(each);
    await pass(10);
  }
  await pass(1_000);
  expect(batchesOf(functions).flat()).toHaveLength(60);
  expect(functions.batches.length).toBeLessThan(30);
});

test.each([
  ['at once after a lone record', 1, 10],
  ['a quarter of a second after a batch that many records made', 30, 250],
])('begins the next batch %s', async (_, count, pauseInMillis) => {
  const functions = fakeFunctions(() => {});
  const { lanes } = start(functions);
  stopTheClock();
  for (const each of records(count)) lanes.push(each);
  await pass(0);
  lanes.push(record(count + 1));
  await pass(pauseInMillis - 1);
  expect(functions.batches).toHaveLength(1);
  await pass(1);
  expect(functions.batches).toHaveLength(2);
});

test('waits for more records until the window ends, or the batch is full', async () => {
  const functions = fakeFunctions();
  const { lanes } = start(functions, { BatchSize: 3, MaximumBatchingWindowInSeconds: 2 });
  stopTheClock();
  for (const sequence of [1, 2, 3, 4]) lanes.push(record(sequence));
  await pass(0);
  expect(batchesOf(functions)).toEqual([[1, 2, 3]]);
  await pass(1_999);
  expect(batchesOf(functions)).toEqual([[1, 2, 3]]);
  await pass(250);
  expect(batchesOf(functions)).toEqual([[1, 2, 3], [4]]);
});

test('does not put more than 6 MB into a batch', async () => {
  const functions = fakeFunctions();
  const { lanes, idle } = start(functions);
  const large = { sizeInBytes: 3 * 1024 * 1024 };

  for (const sequence of [1, 2, 3]) lanes.push(record(sequence, large));
  lanes.push(record(4, { sizeInBytes: 7 * 1024 * 1024 }));
  await idle();

  expect(batchesOf(functions)).toEqual([[1, 2], [3], [4]]);
});

test('goes on from the lowest failed record', async () => {
  let invocations = 0;
  const functions = fakeFunctions(() => {
    invocations += 1;
    return invocations === 1 ? failuresOf('5', '3') : null;
  });
  const { lanes, idle } = start(functions);

  for (const each of records(5)) lanes.push(each);
  await idle();

  expect(batchesOf(functions)).toEqual([
    [1, 2, 3, 4, 5],
    [3, 4, 5],
  ]);
});

test('gives a batch up after its retries, says so, and goes on with the next one', async () => {
  const functions = fakeFunctions((batch) => {
    if (sequencesOf(batch).includes(2)) throw new Error('poison');
  });
  const { lanes, discarded, idle } = start(functions, { BatchSize: 3, MaximumRetryAttempts: 2 });

  for (const each of records(4)) lanes.push(each);
  await idle();

  expect(batchesOf(functions)).toEqual([[1, 2, 3], [1, 2, 3], [1, 2, 3], [4]]);
  expect(discarded).toEqual([{ sequences: [1, 2, 3], reason: 'RetryAttemptsExhausted', invocations: 3 }]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('poison');
    },
  ],
  ['reports it', () => failuresOf('6')],
])('bisects down to the one record that fails when the function %s', async (_, fail) => {
  const functions = fakeFunctions((batch) => (sequencesOf(batch).includes(6) ? fail() : null));
  const properties = { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1 };
  const { lanes, discarded, idle } = start(functions, properties);

  for (const each of records(10)) lanes.push(each);
  await idle();

  expect(discarded).toMatchObject([{ sequences: [6], reason: 'RetryAttemptsExhausted' }]);
  const last = new Map(batchesOf(functions).flatMap((batch, index) => batch.map((sequence) => [sequence, index])));
  expect(new Set(last.keys())).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
});

test('does not invoke with records that are too old, and gives them up', async () => {
  const functions = fakeFunctions();
  const { lanes, discarded, idle } = start(functions, { MaximumRecordAgeInSeconds: 60 });

  lanes.push(record(1, { arrivedAt: Date.now() - 61_000 }));
  lanes.push(record(2));
  await idle();

  expect(batchesOf(functions)).toEqual([[2]]);
  expect(discarded).toEqual([{ sequences: [1], reason: 'RecordAgeExpired', invocations: 0 }]);
});

test('retries without end by default', async () => {
  let left = 30;
  const functions = fakeFunctions(() => {
    left -= 1;
    if (left > 0) throw new Error('not yet');
  });
  const { lanes, discarded, idle } = start(functions);

  lanes.push(record(1));
  await idle();

  expect(functions.batches).toHaveLength(30);
  expect(discarded).toEqual([]);
});

test('processes keys side by side, and each in order, whatever fails', async () => {
  const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
  const property = fc.asyncProperty(
    fc.array(fc.constantFrom(...keys), { maxLength: 40 }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }),
    fc.record({
      BatchSize: fc.integer({ min: 1, max: 8 }),
      ParallelizationFactor: fc.integer({ min: 1, max: 4 }),
      BisectBatchOnFunctionError: fc.boolean(),
    }),
    async (keyOfRecord, fortunes, properties) => {
      const done: Record<string, unknown[]> = {};
      const take = (batch: readonly Readonly<Record<string, unknown>>[]): void => {
        for (const { key, sequence } of batch) done[String(key)] = [...(done[String(key)] ?? []), sequence];
      };
      const fortune = fortunes.values();
      const functions = fakeFunctions(async (batch) => {
        await new Promise(setImmediate);
        const luck = fortune.next().value ?? 1;
        if (luck < 0.2) throw new Error('unlucky');
        const failedIndex = luck < 0.5 ? Math.floor(batch.length * luck * 2) : batch.length;
        take(batch.slice(0, failedIndex));
        return failuresOf(...sequencesOf(batch.slice(failedIndex)).map(String));
      });
      const { lanes, discarded, idle } = start(functions, properties);
      for (const [index, partitionKey] of keyOfRecord.entries()) lanes.push(record(index + 1, { partitionKey }));
      await idle();
      await lanes.stop();

      for (const key of keys) {
        const pushed = keyOfRecord.flatMap((each, index) => (each === key ? [index + 1] : []));
        expect(done[key] ?? []).toEqual(pushed);
      }
      expect(discarded).toEqual([]);
      expect(functions.mostAtOnce).toBeLessThanOrEqual(properties.ParallelizationFactor);
    },
  );
  await fc.assert(property, { numRuns: 50 });
});

test('lets the running invocation end when it stops, and takes nothing more', async () => {
  let finish = (): void => {};
  const running = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const functions = fakeFunctions(() => running);
  const { lanes } = start(functions, { BatchSize: 1 });
  for (const each of records(3)) lanes.push(each);
  await expect.poll(() => functions.batches.length).toBe(1);

  const stopped = lanes.stop();
  finish();
  await stopped;

  expect(batchesOf(functions)).toEqual([[1]]);
  expect(lanes.held).toBe(2);
});
