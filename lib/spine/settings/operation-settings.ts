// Who is told when something is wrong, what is kept beside the tables, and what a month may cost. Production has to name each of these:
// `none` is an answer; silence is not.
import * as z from 'zod';
import { countOf, onOrOff, text, wordOrText } from './context-texts.ts';
import type { EdgeOfStage } from './edge-settings.ts';
import { textLike, wholeNumberOr } from './fields.ts';
import type { BrokenRule, FieldsOf, GivenKeys, SettingsGroup, Unchecked } from './settings-group.ts';
import type { Stage } from './stages.ts';

/** CloudFront's metrics, and the web ACLs that it takes, are in this region alone. */
const edgeRegion = 'us-east-1';

/** AWS Backup's (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html). */
const longestRetentionInDays = 36_500;

const topicArn = /^arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/;

/** Region of an SNS topic; nothing for what is no topic's ARN. */
export const topicRegion = (arn: string): string | undefined => topicArn.exec(arn)?.[1];

const mustBeBackups = `must be "none" or a whole number from 1 to ${longestRetentionInDays}`;

const backups = z.object({
  retentionInDays: z
    .int({ error: mustBeBackups })
    .min(1, { error: mustBeBackups })
    .max(longestRetentionInDays, { error: mustBeBackups })
    .describe('How long each day’s backup is kept.'),
  isLocked: z
    .boolean()
    .default(false)
    .describe(
      'Whether nobody can delete a backup sooner, but who may first take the lock away (AWS Backup’s governance mode).',
    ),
});

const fields = {
  alarmTopicArn: textLike(topicArn, 'the ARN of an SNS topic')
    .describe(
      'The topic, in the stage’s region, that every alarm notifies. Without one the alarms only show their state.',
    )
    .exactOptional(),
  edgeAlarmTopicArn: textLike(topicArn, `the ARN of an SNS topic in ${edgeRegion}`)
    .describe(
      `The topic for the alarms on the edge of a stage outside ${edgeRegion}: CloudFront has its metrics there, and an alarm is where its metric is. Without one nobody watches the edge.`,
    )
    .exactOptional(),
  backups: z
    .union([z.literal('none'), backups], { error: mustBeBackups })
    .describe(
      'Days for which each day’s backup of the event table by AWS Backup is kept, beside its point-in-time recovery: backups outlive the table and its 35 days.',
    )
    .exactOptional(),
  monthlyBudgetInDollars: wholeNumberOr('none', { least: 1, whatItIs: 'a whole number of dollars' })
    .describe('What the account may cost in a month; the alarms’ topic hears when it has, or is forecast to.')
    .exactOptional(),
  protection: z
    .literal('none', { error: 'must be "none" or not given' })
    .describe(
      '`none` says that no limit for a single client is wanted, where an edge with `edgeRateLimit` or `edgeWebAclArn` would have one.',
    )
    .exactOptional(),
};

export type OperationSettings = FieldsOf<typeof fields>;
export type BackupSettings = Exclude<NonNullable<OperationSettings['backups']>, 'none'>;

type Checked = Unchecked<OperationSettings & EdgeOfStage> & { readonly stage: Stage };

export const operation = {
  title: 'Operation',
  fields,
  keys: {
    alarmTopicArn: { sets: 'alarmTopicArn', reads: text },
    edgeAlarmTopicArn: { sets: 'edgeAlarmTopicArn', reads: text },
    protection: { sets: 'protection', reads: text },
    backupDays: {
      sets: 'backups',
      alsoSets: 'backups.retentionInDays',
      reads: wordOrText(
        'none',
        countOf('days').transform((retentionInDays) => ({ retentionInDays })),
        'a whole number of days',
      ),
    },
    backupLock: { sets: 'backups.isLocked', reads: onOrOff(true, undefined), values: '`on` or `off`' },
    monthlyBudget: {
      sets: 'monthlyBudgetInDollars',
      reads: wordOrText('none', countOf('dollars'), 'a whole number of dollars'),
    },
  },
  defaults: { local: {}, localstack: {}, dev: {}, prod: {} } satisfies Record<Stage, OperationSettings>,
  *conflicts({ backupLock: lock, backupDays: days = 'none' }: GivenKeys): Generator<string> {
    if (lock === 'on' && days === 'none') yield 'backupLock=on needs backupDays, or there is nothing to lock';
  },
  *rules(settings: Checked): Generator<BrokenRule> {
    yield* brokenTopicRules(settings);
    if (settings.protection === 'none' && hasClientLimit(settings)) {
      yield {
        path: 'protection',
        message: 'must not be "none" beside edge.rateLimitPerFiveMinutes or edge.webAclArn, which protect',
      };
    }
    if (settings.stage === 'prod') yield* unnamedInProduction(settings);
  },
} satisfies SettingsGroup;

function* unnamedInProduction(settings: Checked): Generator<BrokenRule> {
  const { alarmTopicArn, edgeAlarmTopicArn, edge, backups: kept, monthlyBudgetInDollars } = settings;
  if (alarmTopicArn === undefined) {
    yield { path: 'alarmTopicArn', message: 'must be the ARN of an SNS topic, or nobody hears an alarm, got none' };
  } else if (edge !== undefined && topicRegion(alarmTopicArn) !== edgeRegion && edgeAlarmTopicArn === undefined) {
    yield {
      path: 'edgeAlarmTopicArn',
      message: `must be the ARN of an SNS topic in ${edgeRegion}, where CloudFront's metrics are, got none`,
    };
  }
  if (!hasClientLimit(settings) && settings.protection === undefined) {
    yield {
      message:
        'a limit for each client must be named, -c edgeRateLimit=<requests in five minutes> or -c edgeWebAclArn=<ARN>, or its absence, -c protection=none',
    };
  }
  if (kept === undefined) yield { path: 'backups', message: 'must be a number of days or "none", got none' };
  if (monthlyBudgetInDollars === undefined) {
    yield { path: 'monthlyBudgetInDollars', message: 'must be a number of dollars or "none", got none' };
  }
}

function* brokenTopicRules({ alarmTopicArn, edgeAlarmTopicArn, edge }: Checked): Generator<BrokenRule> {
  const region = alarmTopicArn === undefined ? undefined : topicRegion(alarmTopicArn);
  if (alarmTopicArn !== undefined && edge?.rateLimitPerFiveMinutes !== undefined && region !== edgeRegion) {
    yield {
      path: 'alarmTopicArn',
      message: `must be in ${edgeRegion} like the stage, which edge.rateLimitPerFiveMinutes keeps there, got "${alarmTopicArn}"`,
    };
  }
  if (edgeAlarmTopicArn === undefined) return;
  if (topicRegion(edgeAlarmTopicArn) !== edgeRegion) {
    yield {
      path: 'edgeAlarmTopicArn',
      message: `must be the ARN of an SNS topic in ${edgeRegion}, got "${edgeAlarmTopicArn}"`,
    };
  }
  if (edge === undefined || alarmTopicArn === undefined || region === edgeRegion) {
    yield {
      path: 'edgeAlarmTopicArn',
      message: 'is for a stage with an edge and an alarmTopicArn in another region',
    };
  }
}

const hasClientLimit = ({ edge }: Checked): boolean =>
  edge?.rateLimitPerFiveMinutes !== undefined || edge?.webAclArn !== undefined;
