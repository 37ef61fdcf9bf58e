// Figures of repeated measurements.

/** @param share from 0 up to 1: 0.5 is the median; between two samples, what lies between them */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError('There is no quantile of no samples');
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

export const mean = (samples: readonly number[]): number =>
  samples.reduce((sum, sample) => sum + sample, 0) / samples.length;

/** `1.2 (1.1–1.5)`: the median of the rounds, with the least and the most of them. */
export const spread = (samples: readonly number[], digits = 3): string => {
  const text = (value: number) => String(Number(value.toPrecision(digits)));
  return `${text(median(samples))} (${text(Math.min(...samples))}–${text(Math.max(...samples))})`;
};
