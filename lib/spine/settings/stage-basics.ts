// What differs first between a stage to try things on and one that is relied on.
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import type { FieldsOf, SettingsGroup } from './settings-group.ts';
import type { Stage } from './stages.ts';

const yesOrNo = z.boolean({ error: 'must be true or false' });
const retention = z.enum(RetentionDays, { error: 'must be a retention that CloudWatch Logs knows' });

const fields = {
  retainsData: yesOrNo.describe('Data outlives its stack, and deletion protection guards tables, user pool and stack.'),
  logRetention: retention.describe('How long logs are kept.'),
  requestLogRetention: retention.describe(
    'The same for the functions behind the API, whose log tells who asked what, under a hash.',
  ),
  tracing: yesOrNo.describe('X-Ray traces of the functions.'),
};

export type StageBasics = FieldsOf<typeof fields>;

const onOneMachine = {
  retainsData: false,
  logRetention: RetentionDays.ONE_DAY,
  requestLogRetention: RetentionDays.ONE_DAY,
  tracing: false,
};

export const stageBasics = {
  title: 'Basics',
  fields,
  keys: {},
  defaults: {
    local: onOneMachine,
    localstack: onOneMachine,
    dev: {
      retainsData: false,
      logRetention: RetentionDays.TWO_WEEKS,
      requestLogRetention: RetentionDays.TWO_WEEKS,
      tracing: true,
    },
    prod: {
      retainsData: true,
      logRetention: RetentionDays.THREE_MONTHS,
      requestLogRetention: RetentionDays.TWO_WEEKS,
      tracing: true,
    },
  } satisfies Record<Stage, StageBasics>,
} satisfies SettingsGroup;
