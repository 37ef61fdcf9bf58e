// The audit's queue: a schedule calls once a minute, and what is to be looked at again comes back on it. The schedule is beside the
// queue, whose policy names it.
import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { WorkQueue, type WorkQueueProps } from './work-queue.ts';

export class AuditQueue extends WorkQueue {
  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id, props);
    const schedule = new Rule(this, 'schedule', {
      description: 'Calls the audit once a minute.',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new SqsQueue(this.queue, { message: RuleTargetInput.fromObject({ audit: 1 }) })],
    });
    Validations.of(schedule).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason:
        'A call that got lost is worth nothing: the next one, a minute later, goes on from where the last run was.',
    });
  }
}
