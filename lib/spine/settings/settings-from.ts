// Makes the settings of a stage from groups: each group's defaults, with what a command line or a test puts in their place.
import * as z from 'zod';
import { type Context, overridesIn } from './context.ts';
import { merged, valueAt } from './paths.ts';
import type { BrokenRule, Overrides, SettingsGroup, SettingsOf } from './settings-group.ts';
import { isStage, type Stage, stages } from './stages.ts';

/**
 * @param context all of a CDK app's context: `app.node.getAllContext()`
 * @throws Error if the stage is missing or unknown, a key is misspelt or unreadable, or the settings break a rule
 *
 * @example
 * const settings = settingsFrom(app.node.getAllContext(), [...stageGroups, lending]);
 */
export function settingsFrom<const Groups extends readonly SettingsGroup[]>(
  context: Context,
  groups: Groups,
): SettingsOf<Groups> {
  const { stage } = context;
  return stageSettings(groups, stage, overridesIn(context, groups) as Overrides<SettingsOf<Groups>>);
}

/**
 * The settings of a stage, with some of them replaced.
 *
 * @throws Error if there is no such stage or the settings break rules; the message names each field, its `-c` key, its rule and its
 * value.
 */
export function stageSettings<const Groups extends readonly SettingsGroup[]>(
  groups: Groups,
  stage: unknown,
  overrides: Overrides<SettingsOf<Groups>>,
): SettingsOf<Groups> {
  if (!isStage(stage)) {
    throw new Error(`The stage (-c stage) must be one of ${stages.join(', ')}, got ${JSON.stringify(stage)}.`);
  }
  const settings = checked(groups, stage, combined(groups, stage, overrides));
  return { ...settings, stage } as unknown as SettingsOf<Groups>;
}

function combined(groups: readonly SettingsGroup[], stage: Stage, overrides: object): object {
  return Object.assign(
    {},
    ...groups.map(({ fields, defaults, combine = merged }) => {
      const own = Object.entries(overrides).filter(([name]) => name in fields);
      return combine(defaults[stage], Object.fromEntries(own));
    }),
  );
}

function checked(groups: readonly SettingsGroup[], stage: Stage, draft: object): object {
  const { data, error } = z.object(Object.assign({}, ...groups.map(({ fields }) => fields))).safeParse(draft);
  const ofFields = (error?.issues ?? []).map(({ path, message }) => ({
    path: path.join('.'),
    message: `${message}, got ${shown(valueAt(draft, path))}`,
  }));
  const invalid = new Set<string | undefined>(ofFields.map(({ path }) => path));
  const ofRules = groups
    .flatMap(({ rules }) => [...(rules?.({ ...draft, stage }) ?? [])])
    .filter(({ path }) => !invalid.has(path));
  const broken = new Set([...ofFields, ...ofRules].map((rule) => sentence(groups, rule)));
  if (data === undefined || broken.size > 0) throw new Error(`Stage ${stage}: ${[...broken].join('; ')}.`);
  return data;
}

const shown = (value: unknown): string => (typeof value === 'number' ? String(value) : `${JSON.stringify(value)}`);

function sentence(groups: readonly SettingsGroup[], { path, message }: BrokenRule): string {
  if (path === undefined) return message;
  const keys = groups.flatMap((group) => Object.entries(group.keys));
  const [key] = keys.find(([, { sets, alsoSets }]) => sets === path || alsoSets === path) ?? [];
  return key === undefined ? `${path} ${message}` : `${path} (-c ${key}) ${message}`;
}
