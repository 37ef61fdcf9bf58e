// The command line of `npm run seed`.
import { parseArgs } from 'node:util';
import { DeploymentError } from '../deployment/deployment-error.ts';
import type { UserPool } from '../deployment/pool-users.ts';
import { MAX_ORDERS } from './plan.ts';

export interface SeedCommandLine {
  /** Where the shop answers, without a slash at the end. */
  readonly apiUrl: string;
  readonly orders: number;
  /** The stage's own, whose users place the orders. */
  readonly userPool?: UserPool;
  /** Goes on without asking. */
  readonly assumesYes: boolean;
}

export const usage = `Usage: npm run seed [-- <flags>]

Fills a running shop with products, customers and orders in every state. To run it again adds nothing.

  --api URL       the shop (default http://127.0.0.1:3000, or the PORT that npm start was given)
  --orders N      how many orders, 1 to ${MAX_ORDERS} (default 120)
  --user-pool ID  of a deployed stage: makes its customers there; npm run deploy prints both
  --client ID       the pool's app client
  --yes           fill a shop on another machine without asking
  --help          print this

Environment, for a deployed stage with another issuer:
  STAFF_TOKEN, CUSTOMER_TOKEN   place all orders for this one customer
  TOKEN_URL                     issues tokens as POST /local/token does
`;

/**
 * @returns undefined when the user asks for help
 * @throws DeploymentError that says what is wrong and what would be right
 */
export function readSeedCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SeedCommandLine | undefined {
  const { api, orders = '120', client, yes = false, help, ...rest } = optionsIn(args);
  if (help) return undefined;
  const pool = rest['user-pool'];
  if ((pool === undefined) !== (client === undefined)) throw wrong('--user-pool and --client come together');
  return {
    apiUrl: urlOf(api ?? `http://127.0.0.1:${environment['PORT'] || '3000'}`),
    orders: countOf(orders),
    ...(pool !== undefined && client !== undefined && { userPool: { id: pool, clientId: client } }),
    assumesYes: yes,
  };
}

const wrong = (message: string) => new DeploymentError(`${message}.\n\n${usage}`);

function optionsIn(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    api: text,
    orders: text,
    'user-pool': text,
    client: text,
    yes: { type: 'boolean', short: 'y' },
  } as const;
  try {
    return parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean' } } }).values;
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function urlOf(text: string): string {
  if (/^https?:/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw wrong(`--api must be an address such as https://d111111abcdef8.cloudfront.net, got "${text}"`);
}

function countOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MAX_ORDERS) return count;
  throw wrong(`--orders must be a whole number from 1 to ${MAX_ORDERS}, got "${text}"`);
}
