import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';

const module = new URL('../../../local/lifecycle/shutdown.ts', import.meta.url).href;

/** What the process says when it ends because the time is over. */
const TIME_IS_OVER = 'Not everything ended within 4500 ms';

/** A process that stops when told, in its own way. Resolves once it can be told. */
async function processThatStops(how: string) {
  const script = `import { stopWhenTold } from '${module}';
    stopWhenTold({ stop: ${how}, log: (line) => console.log(line) });
    setInterval(() => {}, 1000); console.log('up');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, npm_lifecycle_event: undefined },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  return { child, said: () => said, code: once(child, 'close').then(([code]) => code as number) };
}

describe('a shutdown', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s ends with code 0 when all has stopped', async (signal) => {
    const { child, code } = await processThatStops('async () => {}');
    child.kill(signal);
    expect(await code).toBe(0);
  });

  it('ends with code 1 when stopping fails', async () => {
    const { child, code } = await processThatStops("async () => { throw new Error('stuck'); }");
    child.kill('SIGTERM');
    expect(await code).toBe(1);
  });

  it('takes two signals of one Ctrl-C, the terminal’s and the one npm passes on, for one', async () => {
    const { child, code } = await processThatStops('() => new Promise((resolve) => setTimeout(resolve, 300))');
    child.kill('SIGINT');
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await code).toBe(0);
  });

  it('ends at once by a second signal', async () => {
    const { child, said, code } = await processThatStops('() => new Promise(() => {})');
    child.kill('SIGINT');
    await once(child.stdout, 'data');
    await delay(700);
    child.kill('SIGINT');
    expect(await code).toBe(1);
    expect(said()).not.toContain(TIME_IS_OVER);
  });

  it('ends within 5 s of the signal even if something does not stop', async () => {
    const { child, said, code } = await processThatStops('() => new Promise(() => {})');
    child.kill('SIGTERM');
    expect(await code).toBe(1);
    expect(said()).toContain(TIME_IS_OVER);
  });
});
