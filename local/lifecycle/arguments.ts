// What the command line and the environment say.
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { applicationName, defaultApplication } from '../../lib/spine/application-folder.ts';
import type { LocalApplication } from '../application/local-application.ts';
import { contextFrom, usageLines } from '../application/variables.ts';
import { StartError } from './start-error.ts';

interface Flags {
  /** Folder of the application, as it was given. */
  readonly app: string;
  /** Throw away what is in the data directory first. */
  readonly fresh: boolean;
  /** An export of an event table to begin with. */
  readonly import?: string | undefined;
  /** Run a function's new code when a source of it changes. */
  readonly watch: boolean;
  /** Let debuggers attach. */
  readonly inspect: boolean;
  /** Show errors only. */
  readonly quiet: boolean;
  readonly help: boolean;
}

export interface HostSettings extends Omit<Flags, 'app' | 'help'> {
  /** Absolute path of the application's folder. */
  readonly applicationFolder: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly dataDirectory: string;
  /** Settings of the application that its variables replace, by their keys in the CDK context. */
  readonly context: Readonly<Record<string, string>>;
}

export const usage = ({ variables = [] }: Pick<LocalApplication, 'variables'>): string =>
  `Usage: npm start [-- <flags>]

Runs an application on this machine, from the CDK app's own template.

  --app DIR  the folder of the application (default ${defaultApplication})
  --fresh    start with an empty data directory
  --import PATH
             begin with the events of an export, on a host that has none
  --watch    run a function's new code as soon as a source of it is saved
  --inspect  let a debugger attach, on port 9229; functions have no time limit then
  --quiet    show errors only, and neither events nor warnings
  --help     print this

Environment:
  PORT       the port on 127.0.0.1; 0 for any free one (default 3000)
  DATA_DIR   where the data is kept (default .data, of another application .data-<its folder's name>)
${usageLines(variables)}`;

const flag = { type: 'boolean', default: false } as const;

/** @throws StartError for an unknown flag */
export function parseFlags(flags: readonly string[]): Flags {
  const app = { type: 'string', default: defaultApplication } as const;
  const path = { type: 'string' } as const;
  const options = { app, import: path, fresh: flag, watch: flag, inspect: flag, quiet: flag, help: flag };
  try {
    return parseArgs({ args: [...flags], options }).values;
  } catch {
    throw new StartError(
      `The flags are --app <folder>, --fresh, --import <path>, --watch, --inspect, --quiet and --help, got: ${flags.join(' ')}`,
    );
  }
}

/**
 * @param applicationFolder absolute path
 * @throws StartError for a variable whose value breaks its rule
 */
export function hostSettings(
  { app: _, help: __, ...flags }: Flags,
  applicationFolder: string,
  { variables = [] }: Pick<LocalApplication, 'variables'>,
  environment: NodeJS.ProcessEnv,
): HostSettings {
  return {
    ...flags,
    applicationFolder,
    port: parsePort(environment['PORT'] || '3000'),
    dataDirectory: resolve(environment['DATA_DIR'] || defaultDataDirectory(applicationFolder)),
    context: contextFrom(variables, environment),
  };
}

const defaultDataDirectory = (folder: string): string =>
  applicationName(folder) === defaultApplication ? '.data' : `.data-${basename(folder)}`;

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new StartError(`PORT must be an integer from 0 to 65535, got "${text}".`);
}
