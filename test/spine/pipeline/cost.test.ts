// What the way from commit to row costs under load, at the frequencies at which Lambda looks at streams.
import { expect, it } from 'vitest';
import { type Arrival, runPipeline } from '../../../bench/pipeline/run.ts';
import { orderCommits } from '../../../bench/pipeline/work.ts';

const EVENTS = 4_000;

const thousandASecond: Arrival = {
  ...{ name: '1000 a second', commitsPerBatch: 250, batchesPerLook: 4, messagesPerBatch: 1 },
};

it('is a tenth of a record and of a message, little more of a row write, and 128 bytes an event at most, over 100 streams', async () => {
  const { records, recordBytes, messages, messageBytes, rowWrites } = await runPipeline(
    orderCommits(EVENTS, 100),
    thousandASecond,
    2,
  );
  expect(records / EVENTS).toBeLessThanOrEqual(0.1);
  expect(messages / EVENTS).toBeLessThanOrEqual(0.1);
  expect(rowWrites / EVENTS).toBeLessThanOrEqual(0.15);
  expect(recordBytes / EVENTS).toBeLessThanOrEqual(128);
  expect(messageBytes / EVENTS).toBeLessThanOrEqual(128);
});
