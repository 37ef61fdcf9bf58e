// An alarm that notifies the operators' topic, if the stage has one. Its text says what is wrong and what to do.
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface OperatorAlarmProps {
  /** SNS topic that it notifies. Without one it only shows its state. */
  readonly alarmTopicArn: string | undefined;
  /** What is wrong when it goes off. */
  readonly description: string;
  /** What to do about it, in the imperative. */
  readonly remedy: string;
  /** The section of docs/runbook.md that says more, as a link to it ends: `dead-letters`. */
  readonly runbook: string;
  readonly metric: IMetric;
  /** The alarm goes off at this value and above. */
  readonly threshold: number;
  /** For how many periods in a row the metric has to be there. */
  readonly periods: number;
}

export class OperatorAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: OperatorAlarmProps) {
    super(scope, id, {
      alarmDescription: `${props.description} To do: ${props.remedy} Runbook: docs/runbook.md#${props.runbook}.`,
      metric: props.metric,
      threshold: props.threshold,
      evaluationPeriods: props.periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const { alarmTopicArn } = props;
    if (alarmTopicArn !== undefined)
      this.addAlarmAction(new SnsAction(Topic.fromTopicArn(this, 'topic', alarmTopicArn)));
  }
}
