// How much of the account a stage may take.

export interface CapacitySettings {
  /** What a route takes whose requests cost little; the others take a part of it (`lib/spine/api/route-throttle.ts`). */
  readonly throttle: { readonly requestsPerSecond: number; readonly burst: number };
  /**
   * Most invocations of the functions behind the API at a time, all of them together. What the account has beyond that is the
   * pipeline's, which no storm of requests can take. `unreserved` leaves it to the account, as one with a low quota must.
   */
  readonly publicConcurrency: number | 'unreserved';
  /**
   * Most request units a second of a table and of each of its indexes; more are throttled.
   * @default DynamoDB's own for a table, 40,000 of each
   */
  readonly tableThroughput?: TableThroughput;
}

export interface TableThroughput {
  readonly maxReadRequestUnits: number;
  readonly maxWriteRequestUnits: number;
}

/**
 * Executions at a time that an account's region has by default (a new account has fewer at first), and how many of them have to stay
 * unreserved
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html).
 */
export const accountConcurrency = { byDefault: 1_000, leastUnreserved: 100 };

/** Below this, a function behind the API would have no execution at all. */
const leastPublicConcurrency = 10;

/** The rules that capacity settings break. */
export function* brokenCapacityRules({ publicConcurrency }: CapacitySettings): Generator<string> {
  if (publicConcurrency === 'unreserved') return;
  if (!Number.isInteger(publicConcurrency) || publicConcurrency < leastPublicConcurrency) {
    yield `publicConcurrency (-c publicConcurrency) must be "unreserved" or a whole number from ${leastPublicConcurrency}, got ${publicConcurrency}`;
  }
}
