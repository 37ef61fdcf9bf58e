// Every `-c` key, as a page in docs/settings.md. The file is this test's snapshot: a change that is meant is written by
// `vitest run -u test/infra/settings-page.test.ts`, and shows in the diff.
import { expect, it } from 'vitest';
import * as z from 'zod';
import { shopGroups } from '../../lib/shop/settings/shop-settings.ts';
import { valueAt } from '../../lib/spine/settings/paths.ts';
import type { ContextKey, SettingsGroup } from '../../lib/spine/settings/settings-group.ts';
import { stages } from '../../lib/spine/settings/stages.ts';

const heading = `# Settings

What \`cdk deploy\` and \`npm run deploy\` take as \`-c key=value\`. \`-c stage\` is one of ${stages.map((stage) => `\`${stage}\``).join(', ')}.
\`prod\` has to have some of the settings named that have no default there, and a deployment without them says which. What has no key here
is set in the file of its group, in \`lib/spine/settings\` and \`lib/shop/settings\`. Written by \`test/infra/settings-page.test.ts\`,
which fails when a setting changes.
`;

const titles = '| key | values | default | what it does |\n| --- | --- | --- | --- |\n';

/** The schema of the field at a path, through whatever makes it optional or one of several. */
function fieldAt(fields: SettingsGroup['fields'], path: string): z.ZodType {
  let field: z.core.SomeType = z.object(fields);
  for (const name of path.split('.')) {
    const object = objectIn(field);
    field = object.shape[name] ?? z.never();
  }
  return field as z.ZodType;
}

function objectIn(field: z.core.SomeType): z.ZodObject {
  if (field instanceof z.ZodObject) return field;
  if (field instanceof z.ZodExactOptional) return objectIn(field.unwrap());
  if (field instanceof z.ZodUnion) {
    const object = field.options.find((option) => option instanceof z.ZodObject);
    if (object instanceof z.ZodObject) return object;
  }
  throw new Error('Only the fields of an object have names.');
}

const required = (field: z.ZodType): z.ZodType =>
  field instanceof z.ZodExactOptional || field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field;

function valuesOf(field: z.ZodType): string {
  const [issue] = required(field).safeParse(Symbol('nothing that a setting takes')).error?.issues ?? [];
  return (issue?.message ?? '')
    .replace(/^must be /, '')
    .replaceAll('"', '`')
    .replace(/one of (.*)$/, '$1');
}

const described = (field: z.ZodType): string => field.description ?? required(field).description ?? '';

function defaultOf({ defaults }: SettingsGroup, { sets }: ContextKey): string {
  const shown = stages.map((stage) => {
    const value = valueAt(defaults[stage], sets.split('.'));
    if (sets === 'edge') return value === undefined ? '`off`' : '`on`';
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return 'none';
    return `\`${value}\``;
  });
  if (new Set(shown).size === 1) return `${shown[0]}`;
  const byValue = Map.groupBy(stages, (_stage, index) => shown[index]);
  return [...byValue].map(([value, on]) => `${value} on ${on.join(', ')}`).join('; ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const rowOf = (group: SettingsGroup, name: string, key: ContextKey): string => {
  const field = fieldAt(group.fields, key.sets);
  const { values = valuesOf(field), description = described(field) } = key;
  return `| ${[`\`${name}\``, values, defaultOf(group, key), description].map(cell).join(' | ')} |`;
};

const sectionOf = (group: SettingsGroup): string =>
  `\n## ${group.title}\n\n${titles}${Object.entries(group.keys)
    .map(([name, key]) => rowOf(group, name, key))
    .join('\n')}\n`;

it('is what docs/settings.md says', async () => {
  const sections = shopGroups.filter(({ keys }) => Object.keys(keys).length > 0).map(sectionOf);
  await expect(`${heading}${sections.join('')}`).toMatchFileSnapshot('../../docs/settings.md');
});

it('says of every key what it takes and what it does', () => {
  for (const group of shopGroups as readonly SettingsGroup[])
    for (const [name, key] of Object.entries(group.keys)) {
      const cells = rowOf(group, name, key).split(' | ');
      expect(
        cells.filter((text) => text.trim() === ''),
        name,
      ).toEqual([]);
      expect(cells, name).toHaveLength(4);
    }
});
