// Runs a program to its end, its output on standard error: standard output is for results.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** @throws Error when it does not end with 0 */
export async function program(command: string, parameters: readonly string[], folder?: string): Promise<void> {
  const child = spawn(command, parameters, { stdio: ['ignore', 2, 2], ...(folder && { cwd: folder }) });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} ended with ${status}`);
}
