// Runs the synthesis in a process of its own, so that the services can start meanwhile and the CDK's memory is given back: what a
// thread has allocated outside its heap stays with the process.

import { fork } from 'node:child_process';
import { on } from 'node:events';
import { compileCacheVariable } from '../lifecycle/compile-cache.ts';
import type { StackTemplate } from './stack-template.ts';
import type { SynthesisReport, SynthesisRequest } from './synthesis.ts';

/** As `synthesise`; rejects when the app fails, whose error is on stderr. */
export async function synthesiseInProcess(request: SynthesisRequest): Promise<readonly StackTemplate[]> {
  const child = fork(new URL('./synthesis-child.ts', import.meta.url), {
    execArgv: [],
    env: { ...process.env, ...compileCacheVariable },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  child.stdout?.pipe(process.stderr, { end: false });
  child.send(request);
  for await (const [message] of on(child, 'message', { close: ['exit'] })) {
    const { stacks } = message as Partial<SynthesisReport>;
    if (stacks !== undefined) return stacks;
    // Under `node --watch` a process also tells which files it has loaded, to whoever watches.
    process.send?.(message);
  }
  throw new Error('The synthesis ended without templates.');
}
