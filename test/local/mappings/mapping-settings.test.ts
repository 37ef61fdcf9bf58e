import { expect, test } from 'vitest';
import { queueSettings } from '../../../local/mappings/mapping-settings.ts';
import { arn } from '../../../local/template/account.ts';
import { mapping } from '../services/resources.ts';
import { settingsOf } from './records.ts';

test("takes Lambda's defaults for a stream", () => {
  expect(settingsOf({ FunctionResponseTypes: undefined })).toMatchObject({
    batchSize: 100,
    lanesPerShard: 1,
    maximumRetryAttempts: Number.POSITIVE_INFINITY,
    maximumRecordAgeInMillis: Number.POSITIVE_INFINITY,
    bisects: false,
    reportsItemFailures: false,
    batchingWindowInMillis: 0,
    onFailureQueueArn: undefined,
  });
});

test('takes the function by its name or its ARN', () => {
  expect(settingsOf({ FunctionName: 'relay' }).functionName).toBe('relay');
  expect(settingsOf({ FunctionName: arn('lambda', 'function:relay') }).functionName).toBe('relay');
});

test.each([
  ['FilterCriteria', { FilterCriteria: { Filters: [] } }, 'FilterCriteria is not known here'],
  ['TumblingWindowInSeconds', { TumblingWindowInSeconds: 60 }, 'TumblingWindowInSeconds is not known here'],
  ['another starting position', { StartingPosition: 'LATEST' }, 'TRIM_HORIZON'],
  [
    'a bucket as destination',
    { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::bucket' } } },
    'only a queue is known here',
  ],
  ['more than 10 lanes', { ParallelizationFactor: 11 }, 'ParallelizationFactor'],
])('refuses %s and names the mapping', (_, properties, message) => {
  expect(() => settingsOf(properties)).toThrow(message);
  expect(() => settingsOf(properties)).toThrow('test/mapping');
});

const queueMapping = (properties: object) =>
  queueSettings(mapping({ FunctionName: 'projector', EventSourceArn: arn('sqs', 'work'), ...properties }));

test('runs 2 invocations at once for a queue unless the template says otherwise', () => {
  expect(queueMapping({}).concurrency).toBe(2);
  expect(queueMapping({ ScalingConfig: { MaximumConcurrency: 5 } }).concurrency).toBe(5);
});

test('wants a window for a batch of more than 10 messages', () => {
  expect(() => queueMapping({ BatchSize: 11 })).toThrow('more than 10 messages needs a MaximumBatchingWindowInSeconds');
  expect(queueMapping({ BatchSize: 11, MaximumBatchingWindowInSeconds: 1 }).batchSize).toBe(11);
});
