// The rules that operation settings obey, and what production has to name: a topic that alarms reach, a limit for each client, backups,
// a budget. `none` is an answer; silence is not.
import { topicRegion } from './operation-settings.ts';
import type { UncheckedSettings } from './stage-settings.ts';

/** CloudFront's metrics, and the web ACLs that it takes, are in this region alone. */
const edgeRegion = 'us-east-1';

/** AWS Backup's (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html). */
const longestRetentionInDays = 36_500;

/** The rules that the operation of a stage breaks. */
export function* brokenOperationRules(settings: UncheckedSettings): Generator<string> {
  yield* brokenTopicRules(settings);
  yield* brokenBackupRules(settings);
  yield* brokenProtectionRules(settings);
  if (settings.stage === 'prod') yield* unnamedInProduction(settings);
}

function* unnamedInProduction(settings: UncheckedSettings): Generator<string> {
  const { alarmTopicArn, edgeAlarmTopicArn, edge, backups, monthlyBudgetInDollars, tokens, email } = settings;
  if (alarmTopicArn === undefined) {
    yield 'alarmTopicArn (-c alarmTopicArn) must be the ARN of an SNS topic, or nobody hears an alarm, got none';
  } else if (edge !== undefined && topicRegion(alarmTopicArn) !== edgeRegion && edgeAlarmTopicArn === undefined) {
    yield `edgeAlarmTopicArn (-c edgeAlarmTopicArn) must be the ARN of an SNS topic in ${edgeRegion}, where CloudFront's metrics are, got none`;
  }
  if (!hasClientLimit(settings) && settings.protection === undefined) {
    yield 'a limit for each client must be named, -c edgeRateLimit=<requests in five minutes> or -c edgeWebAclArn=<ARN>, or its absence, -c protection=none';
  }
  if (backups === undefined) yield 'backups (-c backupDays) must be a number of days or "none", got none';
  if (monthlyBudgetInDollars === undefined) {
    yield 'monthlyBudgetInDollars (-c monthlyBudget) must be a number of dollars or "none", got none';
  }
  if (tokens === undefined && email.identity === undefined) {
    yield "email.identity (-c emailIdentity) must be an identity that SES has verified: the user pool's e-mails come from it, and Cognito's own mailer sends about 50 a day, got none";
  }
}

function* brokenTopicRules({ alarmTopicArn, edgeAlarmTopicArn, edge }: UncheckedSettings): Generator<string> {
  if (alarmTopicArn !== undefined && topicRegion(alarmTopicArn) === undefined) {
    yield `alarmTopicArn (-c alarmTopicArn) must be the ARN of an SNS topic, got "${alarmTopicArn}"`;
  } else if (alarmTopicArn !== undefined && edge?.rateLimitPerFiveMinutes !== undefined) {
    if (topicRegion(alarmTopicArn) !== edgeRegion)
      yield `alarmTopicArn (-c alarmTopicArn) must be in ${edgeRegion} like the stage, which edge.rateLimitPerFiveMinutes keeps there, got "${alarmTopicArn}"`;
  }
  if (edgeAlarmTopicArn === undefined) return;
  if (topicRegion(edgeAlarmTopicArn) !== edgeRegion) {
    yield `edgeAlarmTopicArn (-c edgeAlarmTopicArn) must be the ARN of an SNS topic in ${edgeRegion}, got "${edgeAlarmTopicArn}"`;
  }
  if (edge === undefined || alarmTopicArn === undefined || topicRegion(alarmTopicArn) === edgeRegion) {
    yield 'edgeAlarmTopicArn (-c edgeAlarmTopicArn) is for a stage with an edge and an alarmTopicArn in another region';
  }
}

function* brokenBackupRules({ backups, monthlyBudgetInDollars: budget }: UncheckedSettings): Generator<string> {
  if (backups !== undefined && backups !== 'none') {
    const { retentionInDays: days } = backups;
    if (!Number.isInteger(days) || days < 1 || days > longestRetentionInDays) {
      yield `backups.retentionInDays (-c backupDays) must be "none" or a whole number from 1 to ${longestRetentionInDays}, got ${days}`;
    }
  }
  if (budget !== undefined && budget !== 'none' && !(Number.isInteger(budget) && budget > 0)) {
    yield `monthlyBudgetInDollars (-c monthlyBudget) must be "none" or a whole number of dollars, got ${budget}`;
  }
}

function* brokenProtectionRules(settings: UncheckedSettings): Generator<string> {
  const { protection } = settings;
  if (protection !== undefined && protection !== 'none') {
    yield `protection (-c protection) must be "none" or not given, got "${protection}"`;
  }
  if (protection === 'none' && hasClientLimit(settings)) {
    yield 'protection (-c protection) must not be "none" beside edge.rateLimitPerFiveMinutes or edge.webAclArn, which protect';
  }
}

const hasClientLimit = ({ edge }: UncheckedSettings): boolean =>
  edge?.rateLimitPerFiveMinutes !== undefined || edge?.webAclArn !== undefined;
