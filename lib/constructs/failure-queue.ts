// Where a stream mapping reports the batches it gave up. The message tells the shard and the sequence numbers.
import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DeadLetterQueue, type DeadLetterQueueProps } from './dead-letter-queue.ts';

export class FailureQueue extends DeadLetterQueue {
  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id, props);
    const reason = 'This is the end of the line itself: Lambda sends to it, an alarm watches it, operators read it.';
    Validations.of(this).acknowledge(
      { id: 'AwsSolutions-SQS3', reason },
      { id: 'Serverless-SQSRedrivePolicy', reason },
    );
  }
}
