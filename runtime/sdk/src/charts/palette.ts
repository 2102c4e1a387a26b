// Colours of series: the app's own first, then ones that differ from it and from each other in lightness as well as in
// hue, so that they can be told apart without colour vision.

const COLORS = [
  'var(--fb-primary-text)',
  '#e0803c',
  '#2a9d8f',
  '#b5519b',
  '#d1a30f',
  '#5b8def',
  '#8d6e63',
  '#d6455d',
] as const;

/** Colour of the n-th series. */
export function seriesColor(index: number, own?: string): string {
  return own ?? COLORS[index % COLORS.length] ?? COLORS[0];
}
