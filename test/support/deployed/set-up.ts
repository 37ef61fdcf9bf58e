// Deploys the stage `localstack` to AWS_ENDPOINT_URL with what compose.yaml puts beside it, or to a MiniStack of its own, for the outside tests, and destroys it after:
// both with the commands that people use.
import type { TestProject } from 'vitest/node';
import { StageResources } from './resources.ts';
import { runProgram } from './run-program.ts';
import { type Closers, composedSurroundings, startSurroundings } from './surroundings.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Settings of the stage, as `cdk -c` takes them. */
    stageContext: Readonly<Record<string, string>>;
  }
}

const stage = 'localstack';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const frontDoor = process.env['FRONT_DOOR'] === 'http' ? 'http' : 'rest';
  const closers: Closers = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const isGiven = process.env['AWS_ENDPOINT_URL'] !== undefined;
    const { context: surrounded, ...around } = await (isGiven ? composedSurroundings() : startSurroundings(closers));
    const context = { stage, frontDoor, ...surrounded };
    const options = ['--stage', stage, '--yes', ...Object.entries(context).flatMap(asOption)];
    closers.push(() => destroy(options));
    project.provide('target', { kind: 'deployed-stage', apiUrl: await deploy(options), stage, frontDoor, ...around });
    project.provide('stageContext', context);
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

const asOption = ([key, value]: [string, string]): string[] => (key === 'stage' ? [] : ['-c', `${key}=${value}`]);

/** @returns the address of the API */
async function deploy(options: readonly string[]): Promise<string> {
  const start = performance.now();
  const output = await runProgram('bin/deploy.ts', options);
  const apiUrl = /^Stage \S+ serves at (\S+)$/m.exec(output)?.[1];
  const order = /^Order \S+ was placed and confirmed\.$/m.exec(output)?.[0];
  if (apiUrl === undefined || order === undefined) throw new Error(`A deployment must say how it ended:\n${output}`);
  say(`bootstrapped and deployed in ${secondsSince(start)} s: ${apiUrl}. ${order}`);
  return apiUrl;
}

async function destroy(options: readonly string[]): Promise<void> {
  const start = performance.now();
  await runProgram('bin/destroy.ts', options);
  const left = await new StageResources(stage).names();
  say(`destroyed in ${secondsSince(start)} s; left: ${left.length === 0 ? 'nothing' : left.join(', ')}`);
  if (left.length > 0) throw new Error(`The destroyed stage left ${left.join(', ')}`);
}

const secondsSince = (start: number): number => Math.round((performance.now() - start) / 1000);

const say = (line: string): void => void process.stdout.write(`${stage}: ${line}\n`);
