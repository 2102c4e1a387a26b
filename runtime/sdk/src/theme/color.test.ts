// Contrast is a promise of the SDK: whatever colour an app asks for, its text can be read.
import { describe, expect, test } from 'vitest';
import { contrast, isDark, parseRgb, type Rgb, readableOn, toHex } from './color.ts';

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

describe('colours', () => {
  test.each([
    ['#fff', [255, 255, 255]],
    ['#15803d', [21, 128, 61]],
    ['rgb(1, 2, 3)', [1, 2, 3]],
    ['rgba(10 20 30 / 50%)', [10, 20, 30]],
    ['tomato', undefined],
    ['#12', undefined],
  ])('%s is parsed as %j', (text, expected) => expect(parseRgb(text)).toEqual(expected));

  test('contrast is that of WCAG: 21 for black on white, 1 for equal ones', () => {
    expect(contrast(BLACK, WHITE)).toBeCloseTo(21, 5);
    expect(contrast(WHITE, WHITE)).toBe(1);
    expect(contrast([119, 119, 119], WHITE)).toBeCloseTo(4.48, 2);
  });

  test('every colour of a grid becomes readable on light and dark surfaces', () => {
    const steps = [0, 51, 102, 153, 204, 255];
    for (const r of steps) {
      for (const g of steps) {
        for (const b of steps) {
          for (const surface of [
            [250, 250, 252],
            [28, 30, 38],
          ] as const) {
            expect(contrast(readableOn([r, g, b], surface), surface)).toBeGreaterThanOrEqual(4.5);
          }
        }
      }
    }
  });

  test('yellow is light, navy is dark, and hex is written with two digits', () => {
    expect([isDark([255, 235, 59]), isDark([0, 0, 128])]).toEqual([false, true]);
    expect(toHex([0, 10, 255])).toBe('#000aff');
  });
});
