// Runs the synthesis in a thread of its own, so that the services can start meanwhile and the CDK's memory is given back.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { StackTemplate } from './stack-template.ts';
import type { SynthesisRequest } from './synthesis.ts';

/** As `synthesise`; rejects with the error of the app. */
export async function synthesiseInThread(request: SynthesisRequest): Promise<readonly StackTemplate[]> {
  const worker = new Worker(new URL('./synthesis-worker.ts', import.meta.url), { workerData: request, stdout: true });
  worker.stdout.pipe(process.stderr, { end: false });
  const [stacks] = await once(worker, 'message');
  return stacks;
}
