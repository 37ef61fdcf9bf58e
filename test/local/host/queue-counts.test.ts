import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../local/ports.ts';
import { monitoredQueues } from '../../../local/status/queue-counts.ts';

const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const queue = (path: string, name: string, properties = {}): Resource => ({
  path,
  stack: 'state',
  logicalId: name,
  type: 'AWS::SQS::Queue',
  properties: { QueueName: name, ...properties },
});

describe('the queues of the status', () => {
  it('are the queues with their dead-letter queues, and the failure queues of stream mappings, consumed or not, under short names', () => {
    const resources: Resource[] = [
      queue('order-detail/dead-letters', 'detail-dead'),
      queue('order-detail/queue', 'detail', { RedrivePolicy: { deadLetterTargetArn: arnOf('detail-dead') } }),
      queue('invalidations/queue', 'invalidations'),
      queue('relay-failures', 'failures'),
      queue('fan-out-failures-dead-letters', 'failures-dead'),
      queue('fan-out-failures', 'redriven', { RedrivePolicy: { deadLetterTargetArn: arnOf('failures-dead') } }),
      {
        path: 'relay/mapping',
        stack: 'compute',
        logicalId: 'mapping',
        type: 'AWS::Lambda::EventSourceMapping',
        properties: { DestinationConfig: { OnFailure: { Destination: arnOf('failures') } } },
      },
      {
        path: 'fan-out/mapping',
        stack: 'compute',
        logicalId: 'other-mapping',
        type: 'AWS::Lambda::EventSourceMapping',
        properties: { DestinationConfig: { OnFailure: { Destination: arnOf('redriven') } } },
      },
    ];
    expect(monitoredQueues(resources)).toEqual([
      { name: 'order-detail', queueName: 'detail', deadLetterQueueName: 'detail-dead' },
      { name: 'invalidations', queueName: 'invalidations', deadLetterQueueName: undefined },
      { name: 'relay-failures', deadLetterQueueName: 'failures' },
      { name: 'fan-out-failures', queueName: 'redriven', deadLetterQueueName: 'failures-dead' },
    ]);
  });
});
