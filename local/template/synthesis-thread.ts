// Runs the synthesis in a thread of its own, so that the services can start meanwhile and the CDK's memory is given back.
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { StackTemplate } from './stack-template.ts';
import type { SynthesisReport, SynthesisRequest } from './synthesis.ts';

/** As `synthesise`; rejects with the error of the app. */
export async function synthesiseInThread(request: SynthesisRequest): Promise<readonly StackTemplate[]> {
  const worker = new Worker(new URL('./synthesis-worker.ts', import.meta.url), { workerData: request, stdout: true });
  worker.stdout.pipe(process.stderr, { end: false });
  // Under `node --watch` a thread's messages also tell which files it has loaded.
  for await (const [message] of on(worker, 'message', { close: ['exit'] })) {
    const { stacks } = message as Partial<SynthesisReport>;
    if (stacks !== undefined) return stacks;
  }
  throw new Error('The synthesis ended without templates.');
}
