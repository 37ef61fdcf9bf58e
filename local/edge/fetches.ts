// The fetches from the origin that are under way. Requests for one object wait for the first of them, and what an invalidation
// overtakes is not kept: it may have been read before the change that the invalidation tells of.
import { type InvalidationItem, isNamed, type NamedObject } from './invalidation.ts';

/** Tells whether an invalidation has named the object since the fetch began. */
export type IsOvertaken = (object: NamedObject) => boolean;

export class Fetches {
  readonly #overtaking = new Set<InvalidationItem[]>();
  readonly #first = new Map<string, Promise<unknown>>();

  /** Resolves when the first fetch of that object has ended; undefined when there is none. */
  underWay(key: string): Promise<unknown> | undefined {
    return this.#first.get(key);
  }

  async run<Result>(key: string, fetch: (isOvertaken: IsOvertaken) => Promise<Result>): Promise<Result> {
    const items: InvalidationItem[] = [];
    this.#overtaking.add(items);
    const fetched = fetch((object) => items.some((item) => isNamed(object, item))).finally(() => {
      this.#overtaking.delete(items);
    });
    if (this.#first.has(key)) return await fetched;
    const ended = fetched.then(
      () => this.#first.delete(key),
      () => this.#first.delete(key),
    );
    this.#first.set(key, ended);
    return await fetched;
  }

  overtake(items: readonly InvalidationItem[]): void {
    for (const overtaking of this.#overtaking) overtaking.push(...items);
  }
}
