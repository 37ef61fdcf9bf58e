// `npm run ops`, from its arguments to its output.
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { withErrorsInALine } from '../deployment/run-command.ts';
import { ShopApi } from '../deployment/shop-api.ts';
import { type OpsCommandLine, readOpsCommandLine, usageOf } from './command-line.ts';
import { commands } from './commands.ts';

export const runOps = (args: readonly string[]): Promise<void> =>
  withErrorsInALine(async () => {
    const line = readOpsCommandLine(args, commands, process.env);
    if (line === undefined) return void process.stdout.write(usageOf(commands));
    const { command, names, flags, asJson, apiUrl } = line;
    const api = new ShopApi(apiUrl).as(await tokenOf(line));
    const { stdout: out, stderr: progress } = process;
    await command.run({ api, names, flags, asJson, out, progress, wait: (millis) => wait(millis) });
  });

const issued = z.object({ access_token: z.string() });

/** @throws DeploymentError where none was given and the API issues none */
async function tokenOf({ apiUrl, token }: OpsCommandLine): Promise<string> {
  if (token !== undefined) return token;
  const answer = await new ShopApi(apiUrl).post('/local/token', { sub: 'operator', groups: ['admin'] });
  const { data } = issued.safeParse(answer.body);
  if (data) return data.access_token;
  throw new DeploymentError(`${apiUrl} issues no tokens. Is this a deployed stage? Then --token brings one.`);
}
