// A command of `npm run ops` on an API that answers as it is told.
import type { Answer, ShopApi } from '../../../lib/deployment/shop-api.ts';
import { type OpsCommandLine, readOpsCommandLine } from '../../../lib/operations/command-line.ts';
import { commands } from '../../../lib/operations/commands.ts';

export function run(line: string, answers: readonly [status: number, body: unknown][], isTTY = true) {
  const asked: string[] = [];
  const [out, shown]: [string[], string[]] = [[], []];
  const rest = [...answers];
  const answer = async (request: string): Promise<Answer> => {
    asked.push(request);
    const [status, body] = rest.shift() ?? [500, 'nothing more'];
    return { status, body, headers: new Headers() };
  };
  const api = {
    get: (path: string) => answer(`GET ${path}`),
    post: (path: string, body: unknown) => answer(`POST ${path} ${JSON.stringify(body)}`),
  } as ShopApi;
  const { command, names, flags, asJson } = readOpsCommandLine(line.split(' '), commands, {}) as OpsCommandLine;
  const done = command.run({
    ...{ api, names, flags, asJson, wait: async () => undefined },
    out: { write: (text) => out.push(text) },
    progress: { isTTY, write: (text) => shown.push(text) },
  });
  return { done, asked, out, shown };
}
