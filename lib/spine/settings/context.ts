// Reads what a command line says of the settings: `-c stage=dev -c corsOrigins=https://shop.example`.
import { nearestOf } from './nearest.ts';
import { merged, nested } from './paths.ts';
import type { ContextKey, GivenKeys, SettingsGroup } from './settings-group.ts';

/** All of a CDK app's context: `app.node.getAllContext()`. */
export type Context = Readonly<Record<string, unknown>>;

/**
 * @returns what replaces the stage's own settings
 * @throws Error that names every key that is misspelt, unreadable, or at odds with another
 */
export function overridesIn(context: Context, groups: readonly SettingsGroup[]): object {
  const wrong: string[] = [...misspelt(context, groups)];
  let overrides = {};
  for (const { keys, conflicts } of groups) {
    const given = givenOf(context, keys);
    wrong.push(...(conflicts?.(given) ?? []));
    for (const [name, text] of Object.entries(given)) {
      const { sets, reads } = keys[name] as ContextKey;
      const read = reads.safeParse(text);
      if (!read.success) wrong.push(`-c ${name} ${read.error.issues[0]?.message}, got "${text}"`);
      else if (read.data !== undefined) overrides = merged(overrides, nested(sets, read.data));
    }
  }
  if (wrong.length > 0) throw new Error(`${wrong.join('; ')}.`);
  return overrides;
}

const givenOf = (context: Context, keys: SettingsGroup['keys']): GivenKeys =>
  Object.fromEntries(
    Object.keys(keys)
      .filter((name) => context[name] !== undefined)
      .map((name) => [name, String(context[name])]),
  );

/** The keys of the CDK and of its plug-ins have punctuation in them (`@aws-cdk/…`, `aws:cdk:…`, `cli-telemetry`). */
const asOurs = /^[a-zA-Z]+$/;

function* misspelt(context: Context, groups: readonly SettingsGroup[]): Generator<string> {
  const known = new Set(['app', 'stage', ...groups.flatMap(({ keys }) => Object.keys(keys))]);
  for (const name of Object.keys(context)) {
    if (known.has(name) || !asOurs.test(name)) continue;
    const meant = nearestOf(name, [...known]);
    if (meant !== undefined) yield `-c ${name} is not a setting; ${meant} is`;
  }
}
