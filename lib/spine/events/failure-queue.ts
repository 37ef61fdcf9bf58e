// Where a hop reports what it could not pass on, and Lambda the batches that a stream mapping gave up. The redrive consumes
// it: a message that it cannot redrive comes again for as long as the queue keeps it, and what can never succeed is a dead letter.
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface FailureQueueProps {
  readonly removalPolicy: RemovalPolicy;
  /** How long a received message stays hidden unless the redrive says otherwise. */
  readonly visibilityTimeout: Duration;
}

/** The most receives that SQS counts. With the redrive's pauses between them, the queue drops a message before it reaches them. */
const MOST_RECEIVES = 1_000;

export class FailureQueue extends Queue {
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { removalPolicy, visibilityTimeout }: FailureQueueProps) {
    const deadLetters = new DeadLetterQueue(scope, `${id}-dead-letters`, { removalPolicy });
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MOST_RECEIVES },
      removalPolicy,
    });
    this.deadLetters = deadLetters;
    Validations.of(deadLetters).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'Dead letters stay until an operator has seen to them.',
    });
  }

  /** Consume the queue, send what is left of a message to it again, and put aside what can never succeed. */
  grantRedrive(grantee: IGrantable): void {
    this.grantConsumeMessages(grantee);
    const resourceArns = [this.queueArn, this.deadLetters.queueArn];
    Grant.addToPrincipal({ grantee, actions: ['sqs:SendMessage'], resourceArns });
  }
}
