// The CDK's own command line, run for one stage with its output on this terminal.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { CommandLine } from './command-line.ts';
import { DeploymentError } from './deployment-error.ts';

const executable = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');

/** @throws DeploymentError when it fails; it has said why */
export async function cdk({ stage, context }: CommandLine, command: string, ...options: string[]): Promise<void> {
  const settings = [`stage=${stage}`, ...context].flatMap((setting) => ['-c', setting]);
  const child = spawn(process.execPath, [executable, command, ...options, ...settings], { stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new DeploymentError(`cdk ${command} ended with exit code ${code}; see above.`);
}
