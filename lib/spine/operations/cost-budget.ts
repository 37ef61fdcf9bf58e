// Notifies when a month costs more than it should. The budget is of the whole account: one by tag sees nothing until somebody has
// activated the tag for billing (https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html).
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';

export interface CostBudgetProps {
  readonly dollarsPerMonth: number;
  /** Its policy has to let budgets.amazonaws.com publish (https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html). */
  readonly topicArn: string;
}

const percent = { spent: 80, forecast: 100 };

export class CostBudget extends CfnBudget {
  constructor(scope: Construct, id: string, { dollarsPerMonth, topicArn }: CostBudgetProps) {
    const notify = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
      subscribers: [{ subscriptionType: 'SNS', address: topicArn }],
    });
    super(scope, id, {
      budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: dollarsPerMonth, unit: 'USD' } },
      notificationsWithSubscribers: [notify('ACTUAL', percent.spent), notify('FORECASTED', percent.forecast)],
    });
  }
}
