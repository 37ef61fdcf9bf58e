import { expect, it } from 'vitest';
import { streamsIn, type ToRedrive } from '../../../lambdas/spine/kernel/pipeline/redrive.ts';

it('the streams to redrive are those that are named, each once; records name none', () => {
  const what: ToRedrive[] = [
    { kind: 'streams', streams: ['order-1', 'order-2'] },
    { kind: 'records', source: 'event-stream', streamArn: 'arn', shardId: 'shard', first: '1', last: '2' },
    { kind: 'streams', subscriber: 'catalogue', streams: ['order-2'] },
  ];
  expect([...streamsIn(what)]).toEqual(['order-1', 'order-2']);
});
