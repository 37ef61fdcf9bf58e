// Every decision has a status and a date, and is in a table of docs/adr/README.md. The file is this test's snapshot:
// `npx vitest run -u` with this file's path adds a new record to it.
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decisionsOf, tablesOf, unknownDecisions } from '../support/documents/decisions.ts';
import { type Project, projectIn } from '../support/documents/project.ts';
import { themes } from '../support/documents/themes.ts';

const project = projectIn('.');

const introduction = `# Decisions

Why the code is as it is: a page for each question that its readers would ask, with the context, the options, the decision and its consequences. A
record stays as it was decided. When a later one changes it, its status names that one: \`Accepted, superseded in part by\` (and in what) or
\`Superseded by\`. Otherwise a status is \`Proposed\` or \`Accepted\`.

To add a record, take the next number and the form of the newest, add the number to a theme in \`test/support/documents/themes.ts\`, and run
\`npx vitest run -u test/documents/decisions.test.ts\`, which writes this page.
`;

it('docs/adr/README.md lists every decision', async () => {
  const index = `${introduction}\n${tablesOf(decisionsOf(project), themes)}\n`;
  await expect(index).toMatchFileSnapshot(resolve('docs/adr/README.md'));
});

it('no decision is in two themes', () => {
  const numbers = themes.flatMap(({ decisions }) => decisions);
  expect(numbers).toHaveLength(new Set(numbers).size);
});

it('every decision that a document names is there', () => expect(unknownDecisions(project)).toEqual([]));

const projectOf = (files: Readonly<Record<string, string>>): Project => ({
  paths: new Set(Object.keys(files)),
  read: (path) => files[path] ?? '',
});

const record = (title: string, status: string) =>
  `# ${title}\n\n- Status: ${status}\n- Date: 2026-11-25\n\n## Context\n`;

describe('the head of a record', () => {
  it.each(['Accepted', 'Accepted, superseded in part by [2](0002-b.md): the key', 'Superseded by [2](0002-b.md)'])(
    'may have the status %s',
    (status) => {
      const decisions = decisionsOf(projectOf({ 'docs/adr/0001-a.md': record('1. A', status) }));
      expect(decisions).toEqual([{ file: '0001-a.md', title: 'A', status, date: '2026-11-25' }]);
    },
  );

  it.each([
    ['has no date', '# 1. A\n\n- Status: Accepted\n\n## Context\n', /must begin with/],
    ['has another number than its file', record('2. A', 'Accepted'), /must have the number/],
    [
      'does not say in what it is superseded',
      record('1. A', 'Accepted, superseded in part by [2](b.md)'),
      /no known status/,
    ],
  ])('is refused when it %s', (_, text, message) => {
    expect(() => decisionsOf(projectOf({ 'docs/adr/0001-a.md': text }))).toThrow(message);
  });
});

it('tables decisions by theme, in the order of the theme, and those without one last', () => {
  const decision = (number: number) => ({
    file: `000${number}-x.md`,
    title: 'X',
    status: 'Accepted',
    date: '2026-11-25',
  });
  const tables = tablesOf([decision(1), decision(2), decision(3)], [{ name: 'First', decisions: [3, 1, 9] }]);
  expect(tables.match(/^## .+|^\| \d/gm)).toEqual(['## First', '| 3', '| 1', '## Others', '| 2']);
});

it('a decision that was never made is found where it is named', () => {
  const files = { 'README.md': 'See ADR 1 and ADR 12.', 'docs/adr/0001-a.md': record('1. A', 'Accepted') };
  expect(unknownDecisions(projectOf(files))).toEqual(['README.md: ADR 12']);
});
