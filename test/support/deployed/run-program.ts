// Runs a program of this project, or the CDK's command line, as people do: as a process of its own.
import { execFile } from 'node:child_process';

const MAX_OUTPUT_IN_BYTES = 64 * 1024 * 1024;
const LAST_WORDS_IN_CHARACTERS = 4_000;

/**
 * @param folder that it runs in
 * @returns all that it says
 * @throws Error with its last words when it fails
 */
export function runProgram(program: string, options: readonly string[], folder = '.'): Promise<string> {
  return new Promise((resolve, reject) => {
    const settings = {
      cwd: folder,
      maxBuffer: MAX_OUTPUT_IN_BYTES,
      env: { ...process.env, NODE_OPTIONS: undefined },
    };
    execFile(process.execPath, [program, ...options], settings, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`;
      if (error === null) resolve(output);
      else reject(new Error(`${program} failed:\n${output.slice(-LAST_WORDS_IN_CHARACTERS)}`, { cause: error.code }));
    });
  });
}
