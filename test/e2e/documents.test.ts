// Runs what the documents have a reader type while `npm start` runs: every block of commands that begins with the host's address. Those of
// the tutorial are for another application: test/library runs them.
import { expect, inject } from 'vitest';
import { documentsOf, projectIn } from '../support/documents/project.ts';
import { runCommands } from '../support/documents/run-commands.ts';
import { isForLocalHost, shellBlocks } from '../support/documents/shell.ts';
import { onLocalHost } from '../support/target.ts';

const { describe, test: it } = onLocalHost;

const { apiUrl } = inject('target');

const project = projectIn('.');
const local = documentsOf(project)
  .filter((path) => path !== 'docs/tutorial.md')
  .flatMap((path) => shellBlocks(path, project.read(path)))
  .filter(isForLocalHost);

/** What the reader of a document sees at least, whatever else its commands show. */
const shown: Readonly<Record<string, readonly string[]>> = {
  'README.md': [
    '"status":"placed"',
    '"status":"confirmed"',
    '"status":"rejected"',
    '"subject":"Your order',
    'OrderConfirmed',
  ],
};

/** Types of the events that the document shows as the terminal of `npm start` does. */
const storyIn = (text: string): string[] =>
  [...text.matchAll(/^ *[+]\d+ ms {2}\S+@\d+ (\w+)/gm)].map(([, type = '']) => type);

describe('the commands in the documents', () => {
  it('are for the local host in the README', () =>
    expect(local.map(({ document }) => document)).toContain('README.md'));

  it.each(local)('run from $document, line $line, and no answer is a problem', async ({ document, commands }) => {
    const { said, failed } = await runCommands(commands, apiUrl);
    expect(failed, said).toBe('');
    expect(said).not.toContain('"title":');
    for (const text of shown[document] ?? []) expect(said).toContain(text);
    for (const event of storyIn(project.read(document))) expect(said).toContain(event);
  });
});
