// Every decision has a status and a date, and is in the table of docs/adr/README.md. The file is this test's snapshot:
// `npx vitest run -u` with this file's path adds a new record to it.
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decisionsOf, tableOf, unknownDecisions } from '../support/documents/decisions.ts';
import { type Project, projectIn } from '../support/documents/project.ts';

const project = projectIn('.');

const introduction = `# Decisions

What somebody who reads the code would ask about: why it is so, what else was looked at, what follows. A record is one page with its
context, options, decision and consequences. It stays as it was decided; a later record that changes it is named in its status, which is
\`Proposed\`, \`Accepted\`, \`Accepted, superseded in part by\` another one (and in what), or \`Superseded by\` another one.

To add one, take the next number and the form of the newest, and run \`npx vitest run -u test/documents/decisions.test.ts\`, which writes
this table.
`;

it('docs/adr/README.md lists every decision', async () => {
  const index = `${introduction}\n${tableOf(decisionsOf(project))}\n`;
  await expect(index).toMatchFileSnapshot(resolve('docs/adr/README.md'));
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

it('a decision that was never made is found where it is named', () => {
  const files = { 'README.md': 'See ADR 1 and ADR 12.', 'docs/adr/0001-a.md': record('1. A', 'Accepted') };
  expect(unknownDecisions(projectOf(files))).toEqual(['README.md: ADR 12']);
});
