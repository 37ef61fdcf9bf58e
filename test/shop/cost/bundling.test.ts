// How much travels together, as `npm run cost` reckons it, beside what relay and fan-out make of as many commits a second.
import { expect, it } from 'vitest';
import { runPipeline } from '../../../bench/pipeline/run.ts';
import { orderCommits } from '../../../bench/pipeline/work.ts';
import { batchesOf, messagesTo, relayed } from '../../../lib/cost/bundling.ts';

const EVENTS = 4_000;
const PROD = { shards: 4, lanes: 16, hintsPerMessage: 100 };

it.each([100, 400, 1_000])(
  'is what the functions make of %i commits a second, within a tenth',
  async (eventsPerSecond) => {
    const arrival = { name: '', commitsPerBatch: eventsPerSecond / 4, batchesPerLook: 4, messagesPerBatch: 1 };
    const { records, messages } = await runPipeline(orderCommits(EVENTS, EVENTS / 2), arrival, 2);
    const seconds = EVENTS / eventsPerSecond;
    const { records: reckoned } = relayed(eventsPerSecond, { shards: 1, lanes: PROD.lanes });
    expect(reckoned / (records / seconds)).toBeGreaterThan(0.9);
    expect(reckoned / (records / seconds)).toBeLessThan(1.1);
    const reckonedMessages = messagesTo(eventsPerSecond, PROD.shards, PROD.hintsPerMessage);
    expect(reckonedMessages / (messages / seconds)).toBeGreaterThan(0.9);
    expect(reckonedMessages / (messages / seconds)).toBeLessThan(1.1);
  },
);

it('takes what comes seldom for alone, and what comes in crowds for full batches', () => {
  expect(batchesOf(0.001, 100)).toBeCloseTo(0.001, 5);
  expect(batchesOf(10_000, 100)).toBeCloseTo(100.5, 1);
  expect(batchesOf(499, 100) / batchesOf(501, 100)).toBeCloseTo(1, 1);
});
