// The objects that the edge keeps: found by key, removed by what an invalidation names, the least recently used first when there
// are too many.
import { type InvalidationItem, isNamed } from './invalidation.ts';
import type { StoredObject } from './stored-object.ts';

export interface CacheLimits {
  readonly maxObjects: number;
  readonly maxBytes: number;
}

export class ObjectCache {
  readonly #limits: CacheLimits;
  /** In the order of their last use. */
  readonly #objects = new Map<string, StoredObject>();
  readonly #keysByTag = new Map<string, Set<string>>();
  #bytes = 0;

  constructor(limits: CacheLimits) {
    this.#limits = limits;
  }

  get(key: string): StoredObject | undefined {
    const object = this.#objects.get(key);
    if (object === undefined) return undefined;
    this.#objects.delete(key);
    this.#objects.set(key, object);
    return object;
  }

  set(key: string, object: StoredObject): void {
    this.delete(key);
    this.#objects.set(key, object);
    this.#bytes += sizeInBytes(key, object);
    for (const tag of object.tags) this.#keysOf(tag).add(key);
    for (const oldest of this.#objects.keys()) {
      if (this.#objects.size <= this.#limits.maxObjects && this.#bytes <= this.#limits.maxBytes) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const object = this.#objects.get(key);
    if (object === undefined) return;
    this.#objects.delete(key);
    this.#bytes -= sizeInBytes(key, object);
    for (const tag of object.tags) {
      const keys = this.#keysOf(tag);
      keys.delete(key);
      if (keys.size === 0) this.#keysByTag.delete(tag);
    }
  }

  invalidate(items: readonly InvalidationItem[]): void {
    for (const item of items) for (const key of this.#keysNamed(item)) this.delete(key);
  }

  #keysNamed(item: InvalidationItem): readonly string[] {
    if (item.kind === 'tag') return [...(this.#keysByTag.get(item.tag) ?? [])];
    return [...this.#objects].filter(([, object]) => isNamed(object, item)).map(([key]) => key);
  }

  #keysOf(tag: string): Set<string> {
    const keys = this.#keysByTag.get(tag) ?? new Set();
    this.#keysByTag.set(tag, keys);
    return keys;
  }
}

/** About: two bytes a character of body and headers, and as much again for what goes with them. */
function sizeInBytes(key: string, { response }: StoredObject): number {
  const headers = Object.entries(response.headers).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return 2 * (key.length + (response.body ?? '').length + 2 * headers);
}
