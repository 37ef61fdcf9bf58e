// Randomness by a seed and by a place: each site draws from a sequence of its own, so that what is left out at one of them does not
// change what happens at the others. That is what lets a failed history be made smaller.

export interface Chance {
  /** From 0 up to 1: the site's next. */
  at(site: string): number;
  /** A whole number from 0, below `count`. */
  below(site: string, count: number): number;
  among<Item>(site: string, items: readonly Item[]): Item;
  happens(site: string, probability: number): boolean;
}

export function chanceOf(seed: number): Chance {
  const draws = new Map<string, { readonly hash: number; count: number }>();
  const at = (site: string): number => {
    let drawn = draws.get(site);
    if (drawn === undefined) {
      drawn = { hash: hashOf(site, seed), count: 0 };
      draws.set(site, drawn);
    }
    drawn.count += 1;
    return mixed(drawn.hash + Math.imul(drawn.count, 0x9e3779b9)) / 2 ** 32;
  };
  const below = (site: string, count: number): number => Math.floor(at(site) * count);
  return {
    at,
    below,
    among: <Item>(site: string, items: readonly Item[]): Item => {
      if (items.length === 0) throw new RangeError(`${site} has nothing to choose from`);
      return items[below(site, items.length)] as Item;
    },
    happens: (site, probability) => at(site) < probability,
  };
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), begun with the seed. */
function hashOf(text: string, seed: number): number {
  let hash = mixed(seed ^ 0x811c9dc5);
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}

/** The finaliser of MurmurHash3: every bit of the result depends on every bit of the number. */
function mixed(number: number): number {
  let hash = number;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
