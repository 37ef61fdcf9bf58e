// What the command line and the environment say.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { OPEN_ORDERS_PER_CUSTOMER, PAYMENT_TIMEOUT_SECONDS } from '../../lambdas/shop/bindings/environment.ts';
import { longestPaymentTimeoutInSeconds, mostOpenOrdersPerCustomer } from '../../lib/shop/settings/payment-settings.ts';
import { StartError } from './start-error.ts';

export interface HostSettings {
  /** 0 for any free one. */
  readonly port: number;
  readonly dataDirectory: string;
  /** Throw away what is in the data directory first. */
  readonly fresh: boolean;
  /** How long an order waits for the payment provider's answer. */
  readonly paymentTimeoutInSeconds: number;
  /** How many orders of a customer may await payment at once. */
  readonly openOrdersPerCustomer: number;
  /** Run a function's new code when a source of it changes. */
  readonly watch: boolean;
  /** Let debuggers attach. */
  readonly inspect: boolean;
  /** Of what happens, show errors only. */
  readonly quiet: boolean;
}

export const usage = `Usage: npm start [-- <flags>]

Runs Eventspine on this machine, from the CDK app's own template.

  --fresh    start with an empty data directory
  --watch    run a function's new code as soon as a file below lambdas/ is saved
  --inspect  let a debugger attach, on port 9229; functions have no time limit then
  --quiet    show errors only, and neither events nor warnings
  --help     print this

Environment:
  PORT       the port on 127.0.0.1; 0 for any free one (default 3000)
  DATA_DIR   where the data is kept (default .data)
  PAYMENT_TIMEOUT_SECONDS
             how long an order waits for the payment provider's answer (default 900)
  OPEN_ORDERS_PER_CUSTOMER
             how many orders of a customer may await payment at once (default 1000)
`;

/**
 * @returns undefined when the user asks for help
 * @throws StartError for an unknown flag or a variable whose value breaks its rule
 */
export function parseArguments(flags: readonly string[], environment: NodeJS.ProcessEnv): HostSettings | undefined {
  const { help, ...switches } = parseFlags(flags);
  if (help) return undefined;
  return {
    port: parsePort(environment['PORT'] || '3000'),
    dataDirectory: resolve(environment['DATA_DIR'] || '.data'),
    ...switches,
    paymentTimeoutInSeconds: parsePaymentTimeout(environment[PAYMENT_TIMEOUT_SECONDS] || '900'),
    openOrdersPerCustomer: parseOpenOrders(environment[OPEN_ORDERS_PER_CUSTOMER] || '1000'),
  };
}

const flag = { type: 'boolean', default: false } as const;

function parseFlags(flags: readonly string[]) {
  const options = { fresh: flag, watch: flag, inspect: flag, quiet: flag, help: flag };
  try {
    return parseArgs({ args: [...flags], options }).values;
  } catch {
    throw new StartError(`The flags are --fresh, --watch, --inspect, --quiet and --help, got: ${flags.join(' ')}`);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new StartError(`PORT must be an integer from 0 to 65535, got "${text}".`);
}

function parsePaymentTimeout(text: string): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= 1 && seconds <= longestPaymentTimeoutInSeconds) return seconds;
  throw new StartError(
    `${PAYMENT_TIMEOUT_SECONDS} must be a whole number from 1 to ${longestPaymentTimeoutInSeconds} (23 hours), got "${text}".`,
  );
}

function parseOpenOrders(text: string): number {
  const orders = Number(text);
  if (/^\d+$/.test(text) && orders >= 1 && orders <= mostOpenOrdersPerCustomer) return orders;
  throw new StartError(
    `${OPEN_ORDERS_PER_CUSTOMER} must be a whole number from 1 to ${mostOpenOrdersPerCustomer}, got "${text}".`,
  );
}
