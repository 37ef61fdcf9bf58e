// The parts of jobs that the sweeper works through, one message each. A part that keeps failing is a dead letter.
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeadLetterQueue } from '../events/dead-letter-queue.ts';

export interface WorkQueueProps {
  readonly removalPolicy: RemovalPolicy;
  /** How long a received message stays hidden: a part whose worker was killed is taken up again after that. */
  readonly visibilityTimeout: Duration;
}

/** A part that fails that often is a dead letter. */
export const WORK_DELIVERIES_AT_MOST = 5;

export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { removalPolicy, visibilityTimeout }: WorkQueueProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'dead-letters', { removalPolicy });
    Validations.of(this.deadLetters).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'Dead letters stay until an operator redrives them.',
    });
    this.queue = new Queue(this, 'queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: WORK_DELIVERIES_AT_MOST },
      removalPolicy,
    });
  }

  grantSend(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['sqs:SendMessage'], resourceArns: [this.queue.queueArn] });
  }
}
