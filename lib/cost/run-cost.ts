// `npm run cost`, from its arguments to its tables.
import { parseArgs } from 'node:util';
import { readOn, region } from './prices.ts';
import { reportOf, textOf } from './report.ts';

export const usage = `Usage: npm run cost -- --orders-per-day N [--json]

What a stage like prod costs a month for so many orders a day, by service, and which limit it meets first. The requests of an order are
measured, the prices are those of ${region} on ${readOn}; docs/cost.md says what else is assumed.
`;

const MOST_ORDERS = 1_000_000_000;

/** @returns the exit code */
export function runCost(args: readonly string[], print: (text: string) => void, tell: (text: string) => void): number {
  try {
    const options = {
      'orders-per-day': { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    } as const;
    const { 'orders-per-day': orders = '', json, help } = parseArgs({ args: [...args], options }).values;
    if (help) print(usage);
    else {
      const report = reportOf(countOf(orders));
      print(json ? `${JSON.stringify(report)}\n` : `\n${textOf(report)}`);
    }
    return 0;
  } catch (error) {
    tell(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
}

function countOf(text: string): number {
  const count = Number(text.replaceAll('_', ''));
  if (/^\d[\d_]*$/.test(text) && count >= 1 && count <= MOST_ORDERS) return count;
  throw new RangeError(`--orders-per-day must be a whole number from 1 to ${MOST_ORDERS}, got "${text}"`);
}
