// The command line of `npm run ops`.
import { parseArgs } from 'node:util';
import { DeploymentError } from '../deployment/deployment-error.ts';
import type { OpsCommand, OpsContext } from './command.ts';

export interface OpsCommandLine extends Pick<OpsContext, 'names' | 'flags' | 'asJson'> {
  readonly command: OpsCommand;
  /** Where the API answers, without a slash at the end. */
  readonly apiUrl: string;
  /** @default one of the local issuer */
  readonly token?: string;
}

export type OpsCommands = Readonly<Record<string, OpsCommand>>;

export function usageOf(commands: OpsCommands): string {
  const lines = Object.values(commands).flatMap(({ usage }) => usage);
  const width = Math.max(...lines.map(([call]) => call.length));
  return `Usage: npm run ops -- <command> [<flags>]

${lines.map(([call, does]) => `  ${call.padEnd(width)}  ${does}`).join('\n')}

  --api URL    the API (default http://127.0.0.1:3000, or the PORT that npm start was given)
  --token T    of a member of the group admin (default: one of the local host)
  --json       for programs
  --help       print this
`;
}

/**
 * @returns undefined when the user asks for help
 * @throws DeploymentError that says what is wrong and what would be right
 */
export function readOpsCommandLine(
  args: readonly string[],
  commands: OpsCommands,
  environment: Readonly<Record<string, string | undefined>>,
): OpsCommandLine | undefined {
  const [name, ...rest] = args;
  if (name === undefined || rest.includes('--help') || name === '--help') return undefined;
  const wrong = (message: string) => new DeploymentError(`${message}.\n\n${usageOf(commands)}`);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw wrong(`There is no command ${name}`);
  const { values, positionals } = parsed(rest, command, wrong);
  const { api, token, json, ...flags } = values as Record<string, string | boolean | undefined>;
  const url = api ?? `http://127.0.0.1:${environment['PORT'] || '3000'}`;
  if (typeof url !== 'string' || !/^https?:/.test(url) || !URL.canParse(url)) {
    throw wrong(`--api must be an address such as https://d111111abcdef8.cloudfront.net, got "${url}"`);
  }
  return {
    ...{ command, names: positionals, flags, asJson: json === true, apiUrl: url.replace(/\/+$/, '') },
    ...(typeof token === 'string' && { token }),
  };
}

const text = { type: 'string' } as const;
const common = { api: text, token: text, json: { type: 'boolean' } } as const;

function parsed(args: readonly string[], { options }: OpsCommand, wrong: (message: string) => DeploymentError) {
  try {
    return parseArgs({ args: [...args], options: { ...options, ...common }, allowPositionals: true });
  } catch (error) {
    throw wrong((error as Error).message);
  }
}
