// The stock streams in use, as this function instance last saw them. They say where to try first; an outdated one costs a try.

export interface KnownStreams {
  /** `undefined` for a product whose head this instance has not seen. */
  of(sku: string): readonly number[] | undefined;
  learn(sku: string, active: readonly number[]): void;
}

const MOST_PRODUCTS = 1_000;

export function knownStreams(): KnownStreams {
  const known = new Map<string, readonly number[]>();
  return {
    of: (sku) => known.get(sku),
    learn(sku, active) {
      known.delete(sku);
      known.set(sku, active);
      const [oldest] = known.keys();
      if (known.size > MOST_PRODUCTS && oldest !== undefined) known.delete(oldest);
    },
  };
}
