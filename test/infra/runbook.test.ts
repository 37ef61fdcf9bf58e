// docs/runbook.md and the alarms of the templates: each alarm leads to a section, and each section says what an operator needs.
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../support/documents/markdown.ts';
import { hasPath, projectIn } from '../support/documents/project.ts';
import { deploymentOf } from './deployment.ts';

const project = projectIn('.');
const text = project.read('docs/runbook.md');
const { anchors, code } = parseMarkdown(text);
const settings = project.read('docs/settings.md');

const alarms = (['dev', 'prod'] as const).flatMap((stage) =>
  deploymentOf(stage)
    .ofType('AWS::CloudWatch::Alarm')
    .map(({ path, properties }) => ({ path, description: String(properties['AlarmDescription']) })),
);

const sectionsUnder = (heading: string): readonly (readonly [name: string, body: string])[] => {
  const [, chapter = ''] = new RegExp(`^## ${heading}\\n(.*?)(?=^## |$(?![^]))`, 'ms').exec(text) ?? [];
  return chapter
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0] ?? '', section] as const);
};

const alarmSections = sectionsUnder('Alarms');
const slug = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

it('has a section for every alarm of dev and prod, which links to it', () => {
  const linked = alarms.map(({ path, description }) => ({
    path,
    section: / Runbook: docs\/runbook\.md#([a-z-]+)\.$/.exec(description)?.[1] ?? 'none',
  }));
  expect(linked.filter(({ section }) => !anchors.has(section))).toEqual([]);
  const rung = new Set(linked.map(({ section }) => section));
  expect(alarmSections.map(([name]) => slug(name)).filter((name) => !rung.has(name))).toEqual([]);
});

describe('a section says what it means, where to look, what to run, and when it is over', () => {
  it.each(alarmSections)('%s', (_, body) => {
    for (const word of ['Means', 'Look', 'Run', 'Over when'])
      expect(body).toMatch(new RegExp(`^\\*\\*${word}:\\*\\* .{20,}`, 'm'));
  });
});

it('has the failure cases of the field, each with a test that runs it', () => {
  const cases = sectionsUnder('When things go wrong');
  expect(cases.map(([name]) => name)).toEqual([
    'A bad projection was deployed',
    'A snapshot is corrupted',
    'Events come out of order',
    'A schema broke',
    'The event table is restored',
    'A region has a bad hour',
  ]);
  for (const [name, body] of cases) {
    const tests = parseMarkdown(body).code.filter((each) => each.endsWith('.test.ts'));
    expect(tests.filter((test) => hasPath(project, test)).length, name).toBeGreaterThan(0);
  }
});

it('names settings that there are', () => {
  const named = code.flatMap((each) => /^-c (\w+)/.exec(each)?.[1] ?? []);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !settings.includes(`\`${name}\``))).toEqual([]);
});
