// Runs commands of documents against a running host.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { localAddress } from './shell.ts';

/** Stands for pauses: waits as long, and then until nothing is on its way, however slow the machine is. */
const sleep = `sleep() {
  command sleep "$1"
  for i in $(seq 300); do
    curl -s "$API/local/status" | grep -q '"idle":true' && return
    command sleep 0.1
  done
  echo 'The host did not come to rest' >&2
}`;

/**
 * Runs the commands in a shell that ends at the first one that fails. What they write to /tmp goes to a folder of the run's own.
 * @param apiUrl takes the place of the address that the commands begin with
 */
export async function runCommands(commands: string, apiUrl: string): Promise<{ said: string; failed: string }> {
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
