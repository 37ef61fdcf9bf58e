// Runs a command of the command line. A problem that the user can solve is shown in one line, without a stack trace.
import { type CommandLine, readCommandLine } from './command-line.ts';
import { DeploymentError } from './deployment-error.ts';
import { pointAtEmulator } from './emulator.ts';

/** Tells the user something, on lines of its own. */
export type Say = (text: string) => void;

export const runCommand = (command: (line: CommandLine, say: Say) => Promise<void>): Promise<void> =>
  withErrorsInALine(async () => {
    const line = readCommandLine(process.argv.slice(2));
    if (line.stage === 'localstack') pointAtEmulator(process.env);
    await command(line, (text) => void process.stdout.write(`${text}\n`));
  });

/** Says a DeploymentError in its own words, and lets any other error through with its stack trace. */
export async function withErrorsInALine(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (!(error instanceof DeploymentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
