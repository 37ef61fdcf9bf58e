// What `npm run new` is told.
import { parseArgs } from 'node:util';
import { defaultApplication } from '../spine/application-folder.ts';
import { GeneratorError } from './generator-error.ts';

export const kinds = ['aggregate', 'read-model', 'process', 'notification'] as const;
export type Kind = (typeof kinds)[number];

export interface CommandLine {
  readonly kind: Kind;
  readonly name: string;
  /** Folder of the application, from the project's folder on. */
  readonly app: string;
  /** The aggregate that it is about, by its folder, category or name. */
  readonly of?: string;
}

export const usage = `Usage: npm run new -- <kind> <name> [--app <folder>] [--of <aggregate>]

Writes the files of one, with its first tests, and its entry in the application's manifest. Nothing that exists is overwritten.

  aggregate voucher                  events, state, decider, API and a function for its commands
  read-model vouchers-by-customer    a table with an index, folded from an aggregate's events, and a query
  process voucher-expiry             hears an aggregate's events, waits, and sends it a command
  notification voucher-created       an e-mail about one of an aggregate's events

  --app FOLDER    the application (default ${defaultApplication})
  --of AGGREGATE  what a read model, process or notification is about (default: the one that its name begins with)
  --help          print this
`;

const longestName = 40;

/**
 * @returns undefined when the user asks for help
 * @throws GeneratorError that says what is wrong and what would be right
 */
export function readCommandLine(args: readonly string[]): CommandLine | undefined {
  const { values, positionals } = optionsIn(args);
  if (values.help) return undefined;
  const [given, name = '', ...more] = positionals;
  const kind = kinds.find((known) => known === given);
  if (kind === undefined) throw wrong(`The kind must be one of ${kinds.join(', ')}, got ${quoted(given)}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > longestName) {
    throw wrong(`The name must be in kebab case (gift-card), at most ${longestName} characters, got ${quoted(name)}`);
  }
  if (more.length > 0) throw wrong(`There is one name, got also ${quoted(more.join(' '))}`);
  const { app = defaultApplication, of } = values;
  if (of !== undefined && kind === 'aggregate') throw wrong('--of goes with the other kinds');
  return { kind, name, app, ...(of !== undefined && { of }) };
}

const quoted = (text: string | undefined): string => (text ? JSON.stringify(text) : 'none');

const wrong = (message: string) => new GeneratorError(`${message}.\n\n${usage}`);

function optionsIn(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { app: text, of: text, help: { type: 'boolean', short: 'h' } } as const;
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw wrong((error as Error).message);
  }
}
