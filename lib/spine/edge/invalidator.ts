// The invalidator: purges from the edge what the projectors report as changed, as far as the budget goes.
import { Duration } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  DISTRIBUTION_ID,
  INVALIDATION_BUDGET_TABLE,
  INVALIDATION_BURST,
  INVALIDATION_COLLAPSE_ABOVE,
  INVALIDATION_TAGS_PER_MONTH,
  SETTLING_SECONDS,
  SHARED_LIFETIME_SECONDS,
} from '../../../lambdas/spine/bindings/environment.ts';
import { Subscriber } from '../events/subscriber.ts';
import type { Subscription } from '../events/subscription.ts';
import type { FunctionDefaults } from '../operations/service-function.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import type { EdgeDistribution } from './edge-distribution.ts';
import { InvalidationAlarms } from './invalidation-alarms.ts';
import type { InvalidationBudget } from './invalidation-budget.ts';
import { originTimes } from './origin-times.ts';

export interface InvalidatorProps extends FunctionDefaults {
  /** Its metrics' dimension. */
  readonly stage: string;
  /** The longest that a function behind the API takes. */
  readonly timeoutInSeconds: number;
  readonly edge: EdgeSettings;
  readonly code: Code;
  readonly distribution: EdgeDistribution;
  readonly subscription: Subscription;
  readonly budget: InvalidationBudget;
}

/** Its construct's id, and so the service of its metrics, which other stacks watch too. */
export const INVALIDATOR = 'invalidator';

export class Invalidator extends Subscriber {
  constructor(scope: Construct, id: string, props: InvalidatorProps) {
    const { stage, alarmTopicArn, edge, distribution, budget } = props;
    const { windowInSeconds, tagsPerMonth, burst, collapseAbove } = edge.invalidation;
    const { settlingInSeconds } = originTimes(props);
    super(scope, id, {
      ...props,
      impact: `The edge may answer with what was true up to ${edge.sharedLifetimeInSeconds} seconds ago.`,
      environment: {
        [DISTRIBUTION_ID]: distribution.distribution.distributionId,
        [INVALIDATION_BUDGET_TABLE]: budget.table.tableName,
        [INVALIDATION_TAGS_PER_MONTH]: String(tagsPerMonth),
        [INVALIDATION_BURST]: String(burst),
        [INVALIDATION_COLLAPSE_ABOVE]: String(collapseAbove),
        [SHARED_LIFETIME_SECONDS]: String(edge.sharedLifetimeInSeconds),
        [SETTLING_SECONDS]: String(settlingInSeconds),
      },
      batchingWindow: Duration.seconds(windowInSeconds),
      // The smallest number that Lambda accepts: what waits meanwhile coalesces, and all share one bucket.
      maximumConcurrency: 2,
      longestDelay: Duration.seconds(settlingInSeconds),
    });
    distribution.grantInvalidate(this);
    budget.grantSpend(this);
    new InvalidationAlarms(this, 'alarms', { stage, alarmTopicArn, edge, service: id });
  }
}
