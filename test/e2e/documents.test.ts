// Runs what the documents have a reader type while `npm start` runs: every block of commands that begins with the host's address.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, inject } from 'vitest';
import { documentsOf, projectIn } from '../support/documents/project.ts';
import { isForLocalHost, localAddress, shellBlocks } from '../support/documents/shell.ts';
import { onLocalHost } from '../support/target.ts';

const { describe, test: it } = onLocalHost;

const { apiUrl } = inject('target');

/** In the place of pauses: waits until nothing is on its way, however slow the machine is. */
const sleep = `sleep() {
  for i in $(seq 300); do
    command sleep 0.1
    curl -s "$API/local/status" | grep -q '"idle":true' && return
  done
  echo 'The host did not come to rest' >&2
}`;

/** What the commands write to /tmp goes to a folder of the run's own. */
async function output(commands: string): Promise<{ said: string; failed: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'eventspine-documents-'));
  try {
    const script = commands.replace(localAddress, `API=${apiUrl}`).replaceAll('/tmp/', `${folder}/`);
    const shell = spawn('bash', ['-euo', 'pipefail', '-c', `${sleep}\n${script}`], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [said, failed, [code]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'close')]);
    return { said, failed: code === 0 ? failed : `${failed}Ended with exit code ${code}` };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const project = projectIn('.');
const local = documentsOf(project)
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

describe('the commands in the documents', () => {
  it('are for the local host in the README', () =>
    expect(local.map(({ document }) => document)).toContain('README.md'));

  it.each(local)('run from $document, line $line, and no answer is a problem', async ({ document, commands }) => {
    const { said, failed } = await output(commands);
    expect(failed, said).toBe('');
    expect(said).not.toContain('"title":');
    for (const text of shown[document] ?? []) expect(said).toContain(text);
  });
});
