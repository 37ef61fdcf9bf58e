// The command line of `npm run bench -- [options] [bench …]`.
import { parseArgs } from 'node:util';
import type { BenchOptions } from './definition.ts';

export const USAGE = `npm run bench -- [options] [bench …]      all benches when none is named

  --rounds <n>   how often each system is measured (5; 2 with --quick)
  --quick        small sizes: shows that it works, its figures mean little
  --profile      of the host: whose processor time an order is
  --json         the rows alone, as one object on standard output
  --list         names the benches
  --help         this text
`;

export interface Arguments extends BenchOptions {
  readonly names: readonly string[];
  readonly isJson: boolean;
  readonly isList: boolean;
  readonly isHelp: boolean;
}

/** @throws RangeError, or TypeError of `parseArgs`, when an argument is none of these; the message says which */
export function parseArguments(args: readonly string[], known: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new RangeError(`There is no bench ${unknown}; there are ${known.join(', ')}.`);
  const rounds = Number(values.rounds ?? (values.quick ? 2 : 5));
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new RangeError(`--rounds is a whole number from 1; it was ${values.rounds}.`);
  }
  const names = positionals.length === 0 ? known : known.filter((name) => positionals.includes(name));
  return {
    names,
    rounds,
    isQuick: values.quick,
    isProfiled: values.profile,
    isJson: values.json,
    isList: values.list,
    isHelp: values.help,
  };
}
