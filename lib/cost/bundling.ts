// How much comes together on the way from the event table to the subscribers, by how fast commits come: what arrives between two looks
// of Lambda travels together. `test/spine/pipeline/cost.test.ts` holds it against the functions.
import { looksPerSecond, recordsPerBatch } from './assumptions.ts';

/** Above this mean the parts below one batch do not matter any more. */
const MANY = 500;

/**
 * How many batches of `size` the arrivals of one look make on average, when so many come in the mean, each by itself.
 * @returns the expectation of ⌈n / size⌉ for n of a Poisson distribution
 */
export function batchesOf(mean: number, size: number): number {
  if (mean > MANY) return mean / size + 0.5;
  let probability = Math.exp(-mean);
  let atMost = probability;
  let batches = 0;
  for (let n = 0; n <= mean + 10 * Math.sqrt(mean) + 10; n += 1) {
    if (n % size === 0) batches += 1 - atMost;
    probability *= mean / (n + 1);
    atMost += probability;
  }
  return batches;
}

interface Carried {
  readonly invocations: number;
  readonly records: number;
}

/** Per second: how often the relay runs, and what it puts on the event stream. A look makes a record for each lane that it has commits of. */
export function relayed(
  commitsPerSecond: number,
  { shards, lanes }: { readonly shards: number; readonly lanes: number },
): Carried {
  const looks = looksPerSecond.changeShard * shards;
  const commits = commitsPerSecond / looks;
  return {
    invocations: looks * batchesOf(commits, recordsPerBatch),
    records: looks * lanes * (1 - Math.exp(-commits / lanes)),
  };
}

/** Per second: how often the fan-out runs. */
export const fannedOut = (recordsPerSecond: number, shards: number): number =>
  shards *
  looksPerSecond.streamShard *
  batchesOf(recordsPerSecond / (shards * looksPerSecond.streamShard), recordsPerBatch);

/** Per second: messages to a subscriber. */
export const messagesTo = (hintsPerSecond: number, shards: number, hintsPerMessage: number): number =>
  shards *
  looksPerSecond.streamShard *
  batchesOf(hintsPerSecond / (shards * looksPerSecond.streamShard), hintsPerMessage);
