// Takes a stage away again.
import { cdk } from './cdk.ts';
import type { CommandLine } from './command-line.ts';
import { confirm } from './confirm.ts';
import type { Say } from './run-command.ts';

/** @throws DeploymentError when it fails or is declined */
export async function destroy(line: CommandLine, say: Say): Promise<void> {
  const { stage, assumesYes } = line;
  if (!assumesYes) await confirm(`Stage ${stage} and what it does not retain will be gone for good.`, stage);
  await cdk(line, 'destroy', '--all', '--force');
  say(`Stage ${stage} is gone.`);
  if (stage === 'prod') say('Its tables, streams, logs and user pool are retained, and cost what they hold.');
}
