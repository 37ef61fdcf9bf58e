import { createInterface } from 'node:readline/promises';
import { DeploymentError } from './deployment-error.ts';

/**
 * Asks on the terminal and waits for exactly that answer.
 * @throws DeploymentError when the answer is another one, or there is no terminal to ask on
 */
export async function confirm(question: string, expected: string): Promise<void> {
  if (!process.stdin.isTTY) throw new DeploymentError('There is no terminal to ask on; --yes goes on without asking.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`${question} (${expected} to go on) `);
    if (answer.trim() !== expected) throw new DeploymentError('Nothing was changed.');
  } finally {
    terminal.close();
  }
}
