import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

const module = new URL('../../../local/lifecycle/parent-watch.ts', import.meta.url).href;
const host = `import { watchParent } from '${module}';
  watchParent(() => process.stdout.write('gone', () => process.exit()));
  setTimeout(() => process.exit(1), 15_000); process.stdout.write('up ');`;

/** A process in npm's place, that runs a host by a shell as npm does. Its output ends when the host does. */
function npm(command: string) {
  const shellCommand = command.replace('node', `'${process.execPath}' --input-type=module -e "$HOST"`);
  const script = `require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(shellCommand)}], { stdio: 'inherit' })`;
  return spawn(process.execPath, ['-e', script], {
    env: { ...process.env, npm_lifecycle_event: 'start', HOST: host },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('a host that npm runs', () => {
  // Which of the two a shell does with npm's command is its own choice.
  it.each(['node; exit $?', 'exec node'])('notices that npm is killed, by the shell command "%s"', async (command) => {
    const child = npm(command);
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(output).toBe('up gone');
  });
});
