// docs/runbook.md and the alarms of the templates: each alarm leads to a section, and each section says what an operator needs.
import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../lib/deployment/command-line.ts';
import { readOpsCommandLine } from '../../lib/operations/command-line.ts';
import { commands as operatorCommands } from '../../lib/operations/commands.ts';
import { parseFlags } from '../../local/lifecycle/arguments.ts';
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

describe('has commands that their programs take', () => {
  const commands = [...text.matchAll(/npm (?:run )?(start|deploy|rotate-origin-secret|ops) -- ([^`\n]+)/g)].map(
    ([, program = '', flags = '']) => [program, flags] as const,
  );
  const ops = (args: readonly string[]) => readOpsCommandLine(args, operatorCommands, {});
  const reads = { start: parseFlags, deploy: readCommandLine, 'rotate-origin-secret': readCommandLine, ops };

  it.each(commands)('%s %s', (program, flags) => {
    const args = flags.replaceAll('STAGE', 'prod').split(' ');
    expect(() => reads[program as keyof typeof reads](args)).not.toThrow();
  });

  it('for each of them', () => {
    expect(new Set(commands.map(([program]) => program))).toEqual(new Set(Object.keys(reads)));
  });
});
