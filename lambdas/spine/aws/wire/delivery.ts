// Sends entries through a service's batch call. What the service cannot take now is sent again as it is, with growing pauses.
// What it refuses for its content is taken apart until only the part at fault is left: the rest gets through without it.
import { setTimeout as wait } from 'node:timers/promises';
import { codeOf, type Refusal, refusalOf } from './refusal.ts';

const PAUSES_IN_MILLIS = [25, 100, 400, 1600];

/** Ample for all attempts at a service that answers, and a fraction of the time that a function has with one that hangs. */
const MOST_MILLIS = 8_000;

export interface Undelivered<Entry> {
  readonly entry: Entry;
  readonly refusal: Refusal;
  /** How the service names it. */
  readonly code: string;
}

export interface Transport<Entry> {
  /** Sends the entries in one call. @returns those of them that the service did not take @throws Error when it took none */
  send(entries: readonly Entry[], signal: AbortSignal): Promise<readonly Undelivered<Entry>[]>;
  /** The smaller entries that make up one; none for an entry that cannot be made smaller. */
  takeApart(entry: Entry): readonly Entry[];
}

/** @returns the entries, or parts of them, that did not get through; empty when all did. It never throws. */
export const deliver = <Entry>(
  entries: readonly Entry[],
  transport: Transport<Entry>,
  signal = AbortSignal.timeout(MOST_MILLIS),
): Promise<readonly Undelivered<Entry>[]> => new Delivery(transport, signal).attempt(entries);

class Delivery<Entry> {
  readonly #transport: Transport<Entry>;
  readonly #signal: AbortSignal;

  constructor(transport: Transport<Entry>, signal: AbortSignal) {
    this.#transport = transport;
    this.#signal = signal;
  }

  async attempt(
    entries: readonly Entry[],
    pauses: readonly number[] = PAUSES_IN_MILLIS,
  ): Promise<readonly Undelivered<Entry>[]> {
    const refused = await this.#call(entries);
    const { passing = [], content = [], lasting = [] } = Object.groupBy(refused, ({ refusal }) => refusal);
    const lost = [...lasting];
    for (const each of content) lost.push(...(await this.#inParts(each)));
    const [pauseInMillis, ...later] = pauses;
    if (passing.length === 0) return lost;
    if (pauseInMillis === undefined || this.#signal.aborted) return [...lost, ...passing];
    await wait(pauseInMillis * (0.5 + Math.random() / 2));
    const again = passing.map(({ entry }) => entry);
    return [...lost, ...(await this.attempt(again, later))];
  }

  /** A call that is refused as a whole, for what only some of its entries may be at fault for, is made in halves. */
  async #call(entries: readonly Entry[]): Promise<readonly Undelivered<Entry>[]> {
    try {
      return await this.#transport.send(entries, this.#signal);
    } catch (error) {
      const refusal = this.#signal.aborted ? 'passing' : refusalOf(error);
      if (refusal !== 'content' || entries.length === 1)
        return entries.map((entry) => ({ entry, refusal, code: codeOf(error) }));
      const middle = Math.ceil(entries.length / 2);
      const first = await this.#call(entries.slice(0, middle));
      return [...first, ...(await this.#call(entries.slice(middle)))];
    }
  }

  async #inParts(whole: Undelivered<Entry>): Promise<readonly Undelivered<Entry>[]> {
    const parts = this.#transport.takeApart(whole.entry);
    if (parts.length === 0) return [whole];
    const lost: Undelivered<Entry>[] = [];
    for (const part of parts) lost.push(...(await this.attempt([part])));
    return lost;
  }
}
