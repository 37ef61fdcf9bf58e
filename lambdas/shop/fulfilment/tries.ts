// Where the lines of an order were tried. A line is reserved only in a stream that is on record here, so that whatever a run
// that died has left behind can be found.
import * as z from 'zod';
import type { OrderToFulfil } from './events.ts';

export const tryAt = z.object({
  sku: z.string(),
  /** Number of one of the product's stock streams. */
  stream: z.int(),
  /** Of the newest reservation recorded there; 0 if there was none. */
  version: z.int(),
  isHeld: z.boolean(),
});

export type Try = z.infer<typeof tryAt>;
type Place = Pick<Try, 'sku' | 'stream'>;

export const firstTries = ({ lines }: OrderToFulfil): Try[] =>
  lines.map(({ sku, stream = 0 }) => ({ sku, stream, version: 0, isHeld: false }));

const isAt =
  (place: Place) =>
  ({ sku, stream }: Place): boolean =>
    sku === place.sku && stream === place.stream;

export const tryOf = (tries: readonly Try[], place: Place): Try =>
  tries.find(isAt(place)) ?? { ...place, version: 0, isHeld: false };

/** The stream in which the line is tried now. */
export const placeOf = (tries: readonly Try[], sku: string): number =>
  tries.findLast((each) => each.sku === sku)?.stream ?? 0;

/** A line is being tried where its last try is. */
export const movedTo = (tries: readonly Try[], place: Place): Try[] => [
  ...tries.filter((each) => !isAt(place)(each)),
  tryOf(tries, place),
];

export const reservedAt = (tries: readonly Try[], { version, ...place }: Place & { version: number }): Try[] => {
  const known = tries.some(isAt(place)) ? tries : [tryOf(tries, place), ...tries];
  return known.map((each) => (isAt(place)(each) ? { ...each, version, isHeld: true } : each));
};

export const letGo = (tries: readonly Try[], place: Place): Try[] =>
  tries.map((each) => (isAt(place)(each) ? { ...each, isHeld: false } : each));

/**
 * Where something may be reserved without a record. Lines are tried one after the other, so those after the first that was
 * never reserved were not tried at all.
 */
export function unsettledTries({ lines }: OrderToFulfil, tries: readonly Try[]): Try[] {
  const wasReserved = (sku: string) => tries.some((each) => each.sku === sku && each.version > 0);
  const firstWithout = lines.findIndex(({ sku }) => !wasReserved(sku));
  const tried = (firstWithout < 0 ? lines : lines.slice(0, firstWithout + 1)).map(({ sku }) => sku);
  return tries.filter(({ sku, isHeld }) => !isHeld && tried.includes(sku));
}
