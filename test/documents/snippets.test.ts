// Code in documents is code of the project: a block that names its file has that file's lines, so the two cannot drift apart.
import { describe, expect, it } from 'vitest';
import { documentsOf, projectIn } from '../support/documents/project.ts';
import { isFrom, snippetsIn } from '../support/documents/snippets.ts';
import { loanEvents } from './examples/major-version.ts';
import { loanEvents as minorVersion } from './examples/minor-version.ts';

const project = projectIn('.');
const snippets = documentsOf(project).flatMap((path) => snippetsIn(path, project.read(path)));

it.each(snippets)('the code in $document, line $line, is that of $path', ({ path, code }) => {
  expect(project.paths).toContain(path);
  expect(isFrom(project.read(path), { code }), code).toBe(true);
});

describe('a snippet', () => {
  const source = 'one();\nfunction two() {\n  three();\n}\n\nfour();\n';

  it.each([
    ['has lines of the file', 'one();\nfunction two() {\n'],
    ['is indented less', 'three();\n'],
    ['leaves lines out where it says so', 'one();\n// …\n}\nfour();\n'],
  ])('is from the file when it %s', (_, code) => expect(isFrom(source, { code })).toBe(true));

  it.each([
    ['changes a line', 'one(1);\n'],
    ['leaves a line out', 'one();\nthree();\n'],
    ['has another order', 'four();\n// …\none();\n'],
  ])('is not from the file when it %s', (_, code) => expect(isFrom(source, { code })).toBe(false));

  it('is found with its file and its line', () => {
    const text = 'Text.\n\n```ts lib/app.ts\none();\n```\n\n```ts\ntwo();\n```\n';
    expect(snippetsIn('a.md', text)).toEqual([{ document: 'a.md', line: 4, path: 'lib/app.ts', code: 'one();\n' }]);
  });
});

describe('the events that how-tos show', () => {
  const [lentAt, dueAt] = ['2026-11-01T00:00:00.000Z', '2026-11-29T00:00:00.000Z'];
  const commit = {
    ...{ stream: 'loan-7', version: 1, id: 'command', time: lentAt, correlationId: 'request', causationId: 'command' },
    events: [{ type: 'BookLent', schemaVersion: '1.0.0', data: { title: 'Emma', lentAt, dueAt } }],
  };

  it('are read by the next minor version', () =>
    expect(minorVersion.decode(commit)[0]?.data).toEqual({ title: 'Emma', lentAt, dueAt }));

  it('are read by the next major version, by an upcaster', () =>
    expect(loanEvents.decode(commit)[0]?.data).toEqual({ title: 'Emma', period: { from: lentAt, to: dueAt } }));
});
