// How many messages each queue holds. A dead-letter queue stands with the queue it belongs to.
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import type { Resource } from '../ports.ts';
import { queueUrl } from '../services/sqs/queue-url.ts';
import { arn } from '../template/account.ts';

export interface QueueCounts {
  /** The queue's path in the app without a trailing `queue`: `loan-detail`. */
  readonly name: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** For the failure queue of a stream mapping that nothing consumes: all that it holds. */
  readonly deadLetters: number;
}

interface MonitoredQueue {
  readonly name: string;
  readonly queueName?: string | undefined;
  readonly deadLetterQueueName?: string | undefined;
}

const redriveTarget = z.object({ RedrivePolicy: z.object({ deadLetterTargetArn: z.string() }).optional() });
const failureTarget = z.object({
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
});

/** The queues among the resources. */
export function monitoredQueues(resources: readonly Resource[]): readonly MonitoredQueue[] {
  const queues = resources
    .filter(({ type }) => type === 'AWS::SQS::Queue')
    .map((resource) => {
      const target = redriveTarget.parse(resource.properties).RedrivePolicy?.deadLetterTargetArn;
      return {
        name: resource.path.replace(/\/queue$/, ''),
        queueName: String(resource.properties['QueueName']),
        target,
      };
    });
  const failureQueues = resources
    .filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')
    .map(({ properties }) => failureTarget.parse(properties).DestinationConfig?.OnFailure?.Destination);
  const nameOf = (target: string | undefined): string | undefined =>
    queues.find(({ queueName }) => arn('sqs', queueName) === target)?.queueName;
  return queues
    .filter(({ queueName }) => !queues.some(({ target }) => target === arn('sqs', queueName)))
    .map(({ name, queueName, target }) =>
      target === undefined && failureQueues.includes(arn('sqs', queueName))
        ? { name, deadLetterQueueName: queueName }
        : { name, queueName, deadLetterQueueName: nameOf(target) },
    );
}

/** Reads the counts of all queues at once. */
export function readQueueCounts(
  client: SQSClient,
  sqs: string,
  queues: readonly MonitoredQueue[],
): Promise<QueueCounts[]> {
  const count = async (queueName: string | undefined): Promise<Omit<QueueCounts, 'name' | 'deadLetters'>> => {
    if (queueName === undefined) return { visible: 0, inFlight: 0, delayed: 0 };
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl(sqs, queueName), AttributeNames: ['All'] }),
    );
    return {
      visible: Number(Attributes['ApproximateNumberOfMessages']),
      inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
      delayed: Number(Attributes['ApproximateNumberOfMessagesDelayed']),
    };
  };
  return Promise.all(
    queues.map(async ({ name, queueName, deadLetterQueueName }) => {
      const [own, dead] = await Promise.all([count(queueName), count(deadLetterQueueName)]);
      return { name, ...own, deadLetters: dead.visible + dead.inFlight + dead.delayed };
    }),
  );
}
