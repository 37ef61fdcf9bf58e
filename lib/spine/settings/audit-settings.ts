// What the audit may take.
import * as z from 'zod';
import { countOf } from './context-texts.ts';
import { wholeNumber } from './fields.ts';
import type { FieldsOf, SettingsGroup } from './settings-group.ts';
import type { Stage } from './stages.ts';

const some = wholeNumber(1);

const fields = {
  audit: z.object({
    readUnitsPerSecond: some.describe(
      'Read units that audits may take in a second, over a minute: what was written lately comes first, and what is left reads on through everything, which so many units should bring to its end within a day. A unit reads 8 KB of the event table, and two rows.',
    ),
    memoryInMegabytes: some,
    timeoutInSeconds: some,
  }),
};

export type AuditSettings = FieldsOf<typeof fields>;

const onAws = { memoryInMegabytes: 512, timeoutInSeconds: 60 };

export const audits = {
  title: 'Audit',
  fields,
  keys: { auditUnits: { sets: 'audit.readUnitsPerSecond', reads: countOf('units') } },
  defaults: {
    local: { audit: { readUnitsPerSecond: 5_000, memoryInMegabytes: 512, timeoutInSeconds: 30 } },
    localstack: { audit: { readUnitsPerSecond: 5_000, memoryInMegabytes: 512, timeoutInSeconds: 30 } },
    dev: { audit: { ...onAws, readUnitsPerSecond: 25 } },
    prod: { audit: { ...onAws, readUnitsPerSecond: 200 } },
  } satisfies Record<Stage, AuditSettings>,
} satisfies SettingsGroup;
