// Which stream records are read back from, by the source that Lambda names.
import { GetRecordsCommand, GetShardIteratorCommand, type KinesisClient } from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { kinesisReadBack } from '../../../lambdas/spine/aws/kinesis/read-back.ts';

const stream = 'arn:aws:kinesis:eu-west-1:123456789012:stream/events';

test.each([
  ['the stream', stream],
  ['a consumer of the stream', `${stream}/consumer/fan-out:1764025200`],
])('reads the stream back when the source is %s', async (_, streamArn) => {
  const names: (string | undefined)[] = [];
  const send = async (command: unknown) => {
    if (command instanceof GetRecordsCommand) return { Records: [{ SequenceNumber: '7', Data: Buffer.from('text') }] };
    if (command instanceof GetShardIteratorCommand) names.push(command.input.StreamName);
    return { ShardIterator: 'here' };
  };
  const read = kinesisReadBack({ send } as unknown as KinesisClient);
  const range = { kind: 'records', source: 'event-stream', shardId: 'shardId-000000000000' } as const;
  const { records } = await read({ ...range, first: '7', last: '7', streamArn });
  expect(records).toEqual([{ sequenceNumber: '7', text: 'text' }]);
  expect(names).toEqual(['events']);
});
