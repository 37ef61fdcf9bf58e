// What a user can do next, told when the host serves.
import { join, relative } from 'node:path';
import type { LocalApplication } from '../application/local-application.ts';
import type { RoutePattern } from '../gateway/route-table.ts';
import type { HostSettings } from '../lifecycle/arguments.ts';
import { functionLogFile } from '../lifecycle/function-log.ts';

export interface Welcome {
  readonly settings: Pick<HostSettings, 'dataDirectory' | 'watch' | 'quiet'>;
  readonly application: Pick<LocalApplication, 'welcome'>;
  /** Of the API. */
  readonly routes: readonly RoutePattern[];
}

/** @param url where the host serves */
export function welcome(url: string, { settings, application, routes }: Welcome): string {
  const { dataDirectory, watch, quiet } = settings;
  const log = join(dataDirectory, functionLogFile);
  const path = relative(process.cwd(), log);
  const steps = {
    ...application.welcome?.(url),
    ...(routes.some(({ key }) => key === 'GET /docs') && {
      'see the API': `${url}/docs, and for programs ${url}/openapi.json`,
    }),
    'see what happens': `${url}/local/status (on its way), ${url}/local/emails (sent)`,
    'read the log': `${path.startsWith('..') ? log : path} (all functions, JSON lines)`,
    ...(watch && {
      'change a function': 'save a source of it, and it runs (tables, queues and routes need a restart)',
    }),
  };
  return [
    'What to do next:',
    ...Object.entries(steps).map(([step, how]) => `  ${step.padEnd(19)} ${how}`),
    ...(quiet
      ? []
      : ['Below: each event with the time since its request, and what functions warn of (--quiet: errors alone).']),
  ].join('\n');
}
