// The CDK's command line, for one stage and any version of the app.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runProgram } from './run-program.ts';

const program = resolve('node_modules/aws-cdk/bin/cdk');

export class Cdk {
  readonly #context: readonly string[];

  /** @param context settings of the stage, as `-c` takes them */
  constructor(context: Readonly<Record<string, string>>) {
    this.#context = Object.entries(context).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  }

  /** @param folder of the app */
  deploy(folder = '.'): Promise<string> {
    return this.#run(folder, 'deploy', '--all', '--require-approval', 'never');
  }

  /** @returns what the command line says. @throws Error when a stack differs from its template */
  diff(folder = '.'): Promise<string> {
    return this.#run(folder, 'diff', '--fail');
  }

  async #run(folder: string, ...command: string[]): Promise<string> {
    const output = await mkdtemp(join(tmpdir(), 'eventspine-cdk-'));
    return runProgram(program, [...command, ...this.#context, '--output', output, '--no-notices'], folder);
  }
}
