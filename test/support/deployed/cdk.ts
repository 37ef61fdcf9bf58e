// The CDK's command line, for one stage.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = resolve('node_modules/aws-cdk/bin/cdk');
const MAX_OUTPUT_IN_BYTES = 64 * 1024 * 1024;

type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

export class Cdk {
  readonly #context: readonly string[];

  /** @param context settings of the stage, as `-c` takes them */
  constructor(context: Readonly<Record<string, string>>) {
    this.#context = Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  }

  bootstrap(): Promise<string> {
    return this.#run('.', 'bootstrap');
  }

  /**
   * @param folder of the app
   * @returns the stacks' outputs
   */
  async deploy(folder = '.'): Promise<Outputs> {
    const outputsFile = join(await mkdtemp(join(tmpdir(), 'eventspine-outputs-')), 'outputs.json');
    await this.#run(folder, 'deploy', '--all', '--require-approval', 'never', '--outputs-file', outputsFile);
    return JSON.parse(await readFile(outputsFile, 'utf8'));
  }

  /** @returns what the command line says. @throws Error when a stack differs from its template */
  diff(folder = '.'): Promise<string> {
    return this.#run(folder, 'diff', '--fail');
  }

  destroy(): Promise<string> {
    return this.#run('.', 'destroy', '--all', '--force');
  }

  async #run(folder: string, ...command: string[]): Promise<string> {
    const output = await mkdtemp(join(tmpdir(), 'eventspine-cdk-'));
    const { stdout, stderr } = await run(
      process.execPath,
      [program, ...command, ...this.#context, '--output', output, '--no-notices'],
      { cwd: folder, maxBuffer: MAX_OUTPUT_IN_BYTES, env: { ...process.env, NODE_OPTIONS: undefined } },
    );
    return `${stdout}${stderr}`;
  }
}
