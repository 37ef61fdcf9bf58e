// Runs the synthesis in a process of its own, so that the services can start meanwhile and the CDK's memory is given back: what a
// thread has allocated outside its heap stays with the process.

import { fork } from 'node:child_process';
import { on } from 'node:events';
import { compileCacheVariable } from '../lifecycle/compile-cache.ts';
import { StartError } from '../lifecycle/start-error.ts';
import type { Synthesis, SynthesisRequest } from './synthesis.ts';
import type { SynthesisReport } from './synthesis-child.ts';

/** Under `node --watch` a process also tells which files it has loaded, to whoever watches. */
type NodeMessage = Readonly<Record<'watch:require' | 'watch:import', unknown>>;

/**
 * As `synthesise`.
 * @throws StartError for a folder that holds no application; Error when the app fails, whose own error is on stderr
 */
export async function synthesiseInProcess(request: SynthesisRequest): Promise<Synthesis> {
  const child = fork(new URL('./synthesis-child.ts', import.meta.url), {
    execArgv: [],
    env: { ...process.env, ...compileCacheVariable },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  child.stdout?.pipe(process.stderr, { end: false });
  child.send(request);
  for await (const [message] of on(child, 'message', { close: ['exit'] })) {
    const report = message as SynthesisReport | NodeMessage;
    if ('stacks' in report) return report;
    if ('refusal' in report) throw new StartError(report.refusal);
    process.send?.(message);
  }
  throw new Error('The synthesis ended without templates.');
}
