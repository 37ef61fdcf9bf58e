// The stock streams in use, as this process saw them last. A hint of where to try first: an outdated one costs a try.

export interface KnownStreams {
  of(sku: string): readonly number[];
  learn(sku: string, active: readonly number[]): void;
}

const MOST_PRODUCTS = 1_000;

export function knownStreams(): KnownStreams {
  const known = new Map<string, readonly number[]>();
  return {
    of: (sku) => known.get(sku) ?? [],
    learn(sku, active) {
      known.delete(sku);
      if (active.length === 0) return;
      known.set(sku, active);
      const [oldest] = known.keys();
      if (known.size > MOST_PRODUCTS && oldest !== undefined) known.delete(oldest);
    },
  };
}
