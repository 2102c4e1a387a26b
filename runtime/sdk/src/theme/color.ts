// Colours that can be read: whatever primary colour an app asks for, text on it and text in it reach a contrast of
// 4.5:1 (WCAG 2.2, 1.4.3) in both schemes. Luminance and contrast follow the WCAG definition.

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

const HEX = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;
const FUNCTION = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/i;

/** A colour in #rgb, #rrggbb or rgb(); undefined for all other forms. */
export function parseRgb(text: string): Rgb | undefined {
  const hex = HEX.exec(text.trim())?.[1];
  if (hex) {
    const full = hex.length === 3 ? [...hex].map((c) => c + c).join('') : hex;
    return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)) as unknown as Rgb;
  }
  const parts = FUNCTION.exec(text.trim());
  return parts ? [Number(parts[1]), Number(parts[2]), Number(parts[3])] : undefined;
}

/** Any CSS colour, with the browser's help; undefined where it knows no such colour. */
export function resolveColor(text: string): Rgb | undefined {
  const known = parseRgb(text);
  if (known) return known;
  const context = document.createElement('canvas').getContext?.('2d');
  if (!context) return undefined;
  // The canvas keeps its old colour when the new one is none: two different ones tell that apart.
  const results = ['#000000', '#ffffff'].map((before) => {
    context.fillStyle = before;
    context.fillStyle = text;
    return String(context.fillStyle);
  });
  return results[0] === results[1] ? parseRgb(results[0] ?? '') : undefined;
}

function luminance([r, g, b]: Rgb): number {
  const [x, y, z] = [r, g, b].map((value) => {
    const c = value / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}

/** Contrast of two colours, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Whether white text suits a colour better than black. */
export function isDark(color: Rgb): boolean {
  return contrast(color, [255, 255, 255]) > contrast(color, [0, 0, 0]);
}

/** `a` moved towards `b` by a share from 0 to 1. */
export const mix = (a: Rgb, b: Rgb, share: number): Rgb =>
  a.map((value, i) => Math.round(value + ((b[i] ?? 0) - value) * share)) as unknown as Rgb;

/** The colour, moved towards black or white until it reads on `surface`. */
export function readableOn(color: Rgb, surface: Rgb, least = 4.6): Rgb {
  const goal: Rgb = isDark(surface) ? [255, 255, 255] : [0, 0, 0];
  for (let share = 0; share < 1; share += 0.04) {
    const moved = mix(color, goal, share);
    if (contrast(moved, surface) >= least) return moved;
  }
  return goal;
}

/** #rrggbb. */
export function toHex(color: Rgb): string {
  return `#${color.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}
