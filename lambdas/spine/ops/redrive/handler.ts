// Redrives what a hop could not pass on, until it gets through: a message that does not comes again by itself, after a pause that
// grows, for as long as SQS keeps it. What is left of a message, or what the records that it names turn out to be, goes on as a
// message of its own, so that nobody is told twice because somebody else could not be.
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { StreamsToRedrive } from '../../kernel/pipeline/redrive.ts';
import { type BatchResponse, failedMessages } from '../../runtime/batch-response.ts';
import { logger } from '../../runtime/logger.ts';
import { passOn } from './pass-on.ts';
import { pauseInSeconds } from './pause.ts';
import type { RedrivePorts } from './ports.ts';
import { isDone, isNamed, type Task, taskOf } from './task.ts';

export function redrive(ports: RedrivePorts): (event: SQSEvent) => Promise<BatchResponse> {
  return async ({ Records }) => {
    const failed: SQSRecord[] = [];
    const tasks: Task[] = [];
    for (const record of Records) {
      try {
        const task = await taskOf(record, ports);
        if (task) tasks.push(task);
      } catch (error) {
        logger.error('A message could not be redriven and will be tried again', { error, messageId: record.messageId });
        failed.push(record);
      }
    }
    const asked = tasks.flatMap(({ parts }) => parts.filter(isNamed));
    const leftOf = await passOn(ports, asked);
    for (const task of tasks) if (!(await isDone(task, leftOf, ports))) failed.push(task.record);
    const count = (streamsOf: (one: StreamsToRedrive) => readonly string[]) =>
      asked.reduce((sum, one) => sum + streamsOf(one).length, 0);
    const waiting = count(leftOf);
    ports.publish({ redriven: count(({ streams }) => streams) - waiting, waiting });
    await hide(failed, ports);
    return failedMessages(failed.map(({ messageId }) => messageId));
  };
}

async function hide(failed: readonly SQSRecord[], { queueOf }: RedrivePorts): Promise<void> {
  for (const [queueArn, ofQueue] of Map.groupBy(failed, ({ eventSourceARN }) => eventSourceARN)) {
    const messages = ofQueue.map(({ receiptHandle, attributes }) => ({
      receiptHandle,
      seconds: pauseInSeconds(Number(attributes.ApproximateReceiveCount)),
    }));
    try {
      await queueOf(queueArn).hide(messages);
    } catch (error) {
      logger.warn('Messages come again after their visibility timeout', { error, queueArn });
    }
  }
}
