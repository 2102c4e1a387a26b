// Percentiles for benches. Nearest rank, no interpolation: with 20 samples an interpolated p95 is an invented value.

/** The value at or below which `share` (0 to 1) of the samples lie. NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Median, p95 and extremes of the samples. */
export interface Summary {
  count: number;
  median: number;
  p95: number;
  least: number;
  most: number;
}

/** Sums up samples. */
export function summarise(samples: readonly number[]): Summary {
  return {
    count: samples.length,
    median: percentile(samples, 0.5),
    p95: percentile(samples, 0.95),
    least: percentile(samples, 0),
    most: percentile(samples, 1),
  };
}
