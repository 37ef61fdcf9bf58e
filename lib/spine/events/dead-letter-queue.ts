// A queue for what could not be processed: dead letters of another queue.
import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { DEAD_LETTERS_KEPT_IN_DAYS } from '../../../lambdas/spine/bindings/dead-letters.ts';

export interface DeadLetterQueueProps {
  readonly removalPolicy: RemovalPolicy;
}

export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(DEAD_LETTERS_KEPT_IN_DAYS),
      removalPolicy: props.removalPolicy,
    });
  }

  /** Look at its messages, and take out those that were sent back. */
  grantEmpty(grantee: IGrantable): Grant {
    const actions = ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'];
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.queueArn] });
  }
}
