// Kinesis and SQS of a benchmark: they take everything, count it, and hand it on.
import type { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';

export interface Traffic {
  /** Records or messages. */
  count: number;
  bytes: number;
}

const HASH_SPACE = 1n << 128n;

/** The records of each shard that wait to be read, as Lambda delivers them: in base64. */
export function countingKinesis(shards: number) {
  const traffic: Traffic = { count: 0, bytes: 0 };
  const waiting: string[][] = Array.from({ length: shards }, () => []);
  const client = {
    send: async ({ input: { Records = [] } }: PutRecordsCommand) => {
      for (const { Data = new Uint8Array(), ExplicitHashKey = '0' } of Records) {
        traffic.count += 1;
        traffic.bytes += Data.length;
        const shard = Number((BigInt(ExplicitHashKey) * BigInt(shards)) / HASH_SPACE);
        waiting[shard]?.push(Buffer.from(Data).toString('base64'));
      }
      return { Records: Records.map(() => ({ SequenceNumber: '1' })) };
    },
  } as unknown as KinesisClient;
  return { client, traffic, waiting };
}

/** The messages of each queue that wait, by its URL. */
export function countingSqs() {
  const traffic = new Map<string, Traffic>();
  const waiting = new Map<string, string[]>();
  const client = {
    send: async ({ input: { QueueUrl = '', Entries = [] } }: SendMessageBatchCommand) => {
      const ofQueue = traffic.get(QueueUrl) ?? { count: 0, bytes: 0 };
      traffic.set(QueueUrl, ofQueue);
      const queue = waiting.get(QueueUrl) ?? [];
      waiting.set(QueueUrl, queue);
      for (const { MessageBody = '' } of Entries) {
        ofQueue.count += 1;
        ofQueue.bytes += MessageBody.length;
        queue.push(MessageBody);
      }
      return {};
    },
  } as unknown as SQSClient;
  return { client, traffic, waiting };
}
