// The figures of the hops as CloudWatch is asked for them, over HTTP.
import { expect, it } from 'vitest';
import { cloudWatchClient, hopFigures } from '../../../lambdas/spine/aws/cloudwatch/hop-metrics.ts';
import { keptBriefly } from '../../../lambdas/spine/ops/pipeline/kept-briefly.ts';
import { fakeAws } from '../../support/fake-aws.ts';

const now = new Date('2026-11-25T12:00:00.000Z');
const result = (Id: string, value: number, secondsAgo: number) => ({
  ...{ Id, Label: Id, StatusCode: 'Complete', Values: [value, 1] },
  Timestamps: [now.getTime() / 1_000 - secondsAgo, now.getTime() / 1_000 - secondsAgo - 60],
});
const { requests } = fakeAws<never>('CLOUDWATCH', (_, response) =>
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(
    JSON.stringify({
      MetricDataResults: [
        ...[result('age0', 7, 60), result('p50_0', 40.4, 300), result('p99_0', 900, 300), result('max_0', 1_200, 300)],
        ...[result('age1', 90, 600), { Id: 'age2', Values: [], Timestamps: [] }],
      ],
    }),
  ),
);

it('asks once for the age of every queue and the lag of every subscriber, and takes the newest', async () => {
  const hops = [
    { name: 'loans', queueUrl: 'http://sqs/1/loans-queue', service: 'loans-projector' },
    { name: 'relay', queueUrl: 'http://sqs/1/relay-failures' },
    { name: 'work', queueUrl: 'http://sqs/1/work' },
  ];
  const figures = await hopFigures(cloudWatchClient(), hops, 'prod', now);
  expect(Object.fromEntries(figures)).toEqual({
    loans: { oldestSeconds: 7, lag: { p50Ms: 40, p99Ms: 900, maxMs: 1_200 } },
    relay: {},
    work: {},
  });
  expect(requests).toHaveLength(1);
  const asked = JSON.stringify(requests);
  expect(asked).toContain('ApproximateAgeOfOldestMessage');
  expect(asked).toContain('loans-projector');
});

it('asks again after five seconds, and after a failure', async () => {
  let millis = 0;
  let asked = 0;
  const ask = keptBriefly(
    async () => {
      asked += 1;
      if (asked === 1) throw new Error('no');
      return asked;
    },
    () => new Date(millis),
  );
  expect([await ask(), await ask(), await ask()]).toEqual([undefined, 2, 2]);
  millis += 5_000;
  expect(await ask()).toBe(3);
});
