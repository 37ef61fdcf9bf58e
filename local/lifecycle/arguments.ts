// What the command line and the environment say.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartError } from './start-error.ts';

export interface HostSettings {
  /** 0 for any free one. */
  readonly port: number;
  readonly dataDirectory: string;
  /** Throw away what is in the data directory first. */
  readonly fresh: boolean;
}

export const usage = `Usage: npm start [-- --fresh]

Runs Eventspine on this machine, from the CDK app's own template.

  --fresh    start with an empty data directory
  --help     print this

Environment:
  PORT       the port on 127.0.0.1; 0 for any free one (default 3000)
  DATA_DIR   where the data is kept (default .data)
`;

/**
 * @returns undefined when the user asks for help
 * @throws StartError for an unknown flag or a port that is none
 */
export function parseArguments(flags: readonly string[], environment: NodeJS.ProcessEnv): HostSettings | undefined {
  const { fresh, help } = parseFlags(flags);
  if (help) return undefined;
  return {
    port: parsePort(environment['PORT'] || '3000'),
    dataDirectory: resolve(environment['DATA_DIR'] || '.data'),
    fresh,
  };
}

function parseFlags(flags: readonly string[]): { fresh: boolean; help: boolean } {
  const options = { fresh: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } as const;
  try {
    return parseArgs({ args: [...flags], options }).values;
  } catch {
    throw new StartError(`The flags are --fresh and --help, got: ${flags.join(' ')}`);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new StartError(`PORT must be an integer from 0 to 65535, got "${text}".`);
}
