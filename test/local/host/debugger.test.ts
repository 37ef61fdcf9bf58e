import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { emptyDirectory } from './host-process.ts';

const module = (path: string): string => new URL(`../../../local/${path}`, import.meta.url).href;

/** A process with a function that stands at a breakpoint, and has 0.2 s for it. */
async function functionAtBreakpoint() {
  const folder = emptyDirectory();
  mkdirSync(join(folder, 'code'));
  const code = `export const handler = async (event, context) => { debugger; return context.getRemainingTimeInMillis(); };`;
  writeFileSync(join(folder, 'code', 'index.mjs'), code);
  const program = `
    import { startFunctions } from '${module('functions/function-host.ts')}';
    import { stopWhenTold } from '${module('lifecycle/shutdown.ts')}';
    const spec = { name: 'held', codeFolder: '${folder}/code', handler: 'index.handler', environment: {}, timeoutInSeconds: 0.2, memoryInMegabytes: 128 };
    const functions = startFunctions([spec], { endpoints: {}, log: console.log });
    await functions.warm(['held']);
    stopWhenTold({ stop: () => functions.stop(), log: console.log });
    process.stdin.on('data', async () => console.log('answer', JSON.stringify(await functions.invoke('held', {}))));
    console.log('up');`;
  writeFileSync(join(folder, 'program.mjs'), program);
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', join(folder, 'program.mjs')], {
    env: { ...process.env, npm_lifecycle_event: undefined },
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on('line', (line) => void lines.push(line));
  const exitCode = once(child, 'exit').then(([code]) => code as number);
  await expect.poll(() => lines, patience).toContain('up');
  const [, address = ''] = /listening on (ws:\S+)/.exec(lines.join('\n')) ?? [];
  const threads = await attach(address);
  child.stdin.write('go\n');
  await expect.poll(() => threads.paused.length, patience).toBe(1);
  return { child, lines, exitCode, goOn: threads.goOn };
}

const patience = { timeout: 15_000, interval: 20 };

/** A debugger on all threads of a process, as an editor attaches it. */
async function attach(address: string) {
  const socket = new WebSocket(address);
  onTestFinished(() => socket.close());
  const paused: string[] = [];
  const ready = Promise.withResolvers<void>();
  let id = 0;
  const send = (method: string, params: object = {}) => {
    id += 1;
    socket.send(JSON.stringify({ id, method, params }));
  };
  const sendTo = (sessionId: string, method: string) =>
    send('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify({ id, method }) });
  socket.addEventListener('message', ({ data }) => {
    const { method, params } = JSON.parse(data);
    if (method === 'NodeWorker.attachedToWorker') sendTo(params.sessionId, 'Debugger.enable');
    if (method !== 'NodeWorker.receivedMessageFromWorker') return;
    const message = JSON.parse(params.message);
    if (message.method === 'Debugger.paused') paused.push(params.sessionId);
    if (message.result?.debuggerId !== undefined) ready.resolve();
  });
  await once(socket, 'open');
  send('NodeWorker.enable', { waitForDebuggerOnStart: false });
  await ready.promise;
  return { paused, goOn: () => paused.map((sessionId) => sendTo(sessionId, 'Debugger.resume')) };
}

test('a function at a breakpoint is not ended for the time that it takes, and goes on with time left', async () => {
  const { lines, goOn } = await functionAtBreakpoint();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(lines.join('\n')).not.toContain('timed out');
  goOn();
  await expect.poll(() => lines.join('\n'), patience).toMatch(/answer \{"kind":"success","payload":\d{6}\}/);
});

test('a process with a function at a breakpoint ends in good order when it is told to', async () => {
  const { child, exitCode } = await functionAtBreakpoint();
  child.kill('SIGTERM');
  // Code 1 says that it was cut off.
  expect(await exitCode).toBe(0);
});
