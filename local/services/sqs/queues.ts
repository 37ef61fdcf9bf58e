// Creates the template's queues and brings those kept from the last run up to its settings.
import { CreateQueueCommand, SetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Resource } from '../../ports.ts';
import { queueUrl } from './queue-url.ts';

/** Settings with SQS's own defaults: what the template no longer sets goes back to them. */
const queueProperties = z.object({
  QueueName: z.string(),
  VisibilityTimeout: z.coerce.string().default('30'),
  DelaySeconds: z.coerce.string().default('0'),
  MaximumMessageSize: z.coerce.string().default('1048576'),
  MessageRetentionPeriod: z.coerce.string().default('345600'),
  ReceiveMessageWaitTimeSeconds: z.coerce.string().default('0'),
  RedrivePolicy: z
    .object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() })
    .transform((policy) => JSON.stringify(policy))
    .default(''),
  FifoQueue: z.literal(false, 'first-in-first-out queues are not known here').optional(),
});

/** @throws Error that names the resource, for a property that is not known here */
export async function createQueues(client: SQSClient, endpoint: string, resources: readonly Resource[]): Promise<void> {
  for (const { type, stack, path, properties } of resources) {
    if (type !== 'AWS::SQS::Queue') continue;
    const { data, error } = queueProperties.safeParse(properties);
    if (error) throw new Error(`${stack}/${path}: ${z.prettifyError(error)}`);
    const { QueueName, FifoQueue, ...settings } = data;
    await client.send(new CreateQueueCommand({ QueueName }));
    await client.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl(endpoint, QueueName), Attributes: settings }));
  }
}
