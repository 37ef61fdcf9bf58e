// Holds every Markdown document of the project to what is there.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { brokenLinks, unknownFiles, unknownScripts } from '../support/documents/claims.ts';
import { documentsOf, type Project, projectIn } from '../support/documents/project.ts';
import { shellBlocks } from '../support/documents/shell.ts';

const project = projectIn('.');
const blocks = documentsOf(project).flatMap((path) => shellBlocks(path, project.read(path)));

it('no link in a document leads nowhere', () => expect(brokenLinks(project)).toEqual([]));
it('every script that a document names is in package.json', () => expect(unknownScripts(project)).toEqual([]));
it('every file that a document names is there', () => expect(unknownFiles(project)).toEqual([]));

it.each(blocks)('a shell takes the commands of $document, line $line', ({ commands }) => {
  const { stderr } = spawnSync('bash', ['-n'], { input: commands, encoding: 'utf8' });
  expect(stderr).toBe('');
});

/** A project of a README with that text, and these files beside it. */
function projectOf(text: string, files: Readonly<Record<string, string>> = {}): Project {
  const all: Record<string, string> = { 'README.md': text, 'package.json': '{"scripts":{"start":""}}', ...files };
  const folders = Object.keys(all).flatMap((path) =>
    path.split('/').map((_, end, names) => names.slice(0, end).join('/')),
  );
  return { paths: new Set([...Object.keys(all), ...folders]), read: (path) => all[path] ?? '' };
}

const guide = { 'docs/guide.md': '# Two words, `code` & more\n## Again\n## Again\n' };

describe('a link', () => {
  it.each([
    ['to a file', '[a](docs/guide.md)'],
    ['to a folder', '[a](docs/)'],
    ['to a heading', '[a](docs/guide.md#two-words-code--more)'],
    ['to the second heading of a name', '[a](docs/guide.md#again-1)'],
    ['to a heading of its own document', '# Here\n[a](#here)'],
    ['to a line of a source file', '[a](lib/app.ts#L3)'],
    ['to another site', '[a](https://example.com/docs/none.md)'],
    ['in code', '`[a](none.md)`\n```\n[a](none.md)\n```'],
  ])('%s is right', (_, text) => expect(brokenLinks(projectOf(text, { ...guide, 'lib/app.ts': '' }))).toEqual([]));

  it.each([
    ['to a file that is gone', '[a](docs/gone.md)', 'docs/gone.md'],
    ['to a heading that is gone', '[a](docs/guide.md#gone)', 'docs/guide.md#gone'],
    ['of an image', '![a](gone.svg "A title")', 'gone.svg'],
    ['that is defined at the end', '[a][b]\n\n[b]: docs/gone.md', 'docs/gone.md'],
    ['out of the project', '[a](../README.md)', '../README.md'],
  ])('%s is wrong', (_, text, link) => expect(brokenLinks(projectOf(text, guide))).toEqual([`README.md: ${link}`]));
});

describe('a script', () => {
  it('is found in text and in blocks of code', () => {
    const text = 'Run `npm run start`, or `npm run stop -- --now`.\n```sh\nnpm run --silent pause\n```\n';
    expect(unknownScripts(projectOf(text))).toEqual(['README.md: npm run stop', 'README.md: npm run pause']);
  });
});

describe('a file', () => {
  const files = { 'lib/app.ts': '', 'test/order/decider.ts': '', 'test/data/1.json': '' };

  it.each([
    'lib/app.ts',
    'lib/',
    'app.ts',
    'order/decider.ts',
    'test/<name>/decider.ts',
    'test/*/1.json',
    'GET /lib/gone.ts',
  ])('%s is right', (name) => expect(unknownFiles(projectOf(`\`${name}\``, files))).toEqual([]));

  it.each(['lib/gone.ts', 'docs/', 'gone.ts', 'payment/decider.ts', 'lib/<name>.js'])('%s is wrong', (name) =>
    expect(unknownFiles(projectOf(`\`${name}\``, files))).toEqual([`README.md: ${name}`]),
  );
});
