// What a user can do next, told when the host serves.
import { join, relative } from 'node:path';
import type { HostSettings } from '../lifecycle/arguments.ts';
import { functionLogFile } from '../lifecycle/function-log.ts';

/** @param url where the host serves */
export function welcome(url: string, { dataDirectory, watch, quiet }: HostSettings): string {
  const log = join(dataDirectory, functionLogFile);
  const path = relative(process.cwd(), log);
  return [
    'What to do next:',
    `  place an order      the tour in README.md; its first line: API=${url}`,
    `  fill the shop       npm run seed -- --api ${url}`,
    `  see the API         ${url}/docs, and for programs ${url}/openapi.json`,
    `  see what happens    ${url}/local/status (on its way), ${url}/local/emails (sent)`,
    `  read the log        ${path.startsWith('..') ? log : path} (all functions, JSON lines)`,
    ...(watch
      ? ['  change a function   save a file below lambdas/, and it runs (tables, queues and routes need a restart)']
      : []),
    ...(quiet
      ? []
      : ['Below: each event with the time since its request, and what functions warn of (--quiet: errors alone).']),
  ].join('\n');
}
