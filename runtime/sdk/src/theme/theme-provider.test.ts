// @vitest-environment happy-dom
// The tokens that a theme gives: text on the primary colour is readable, whatever that is.
import { expect, test } from 'vitest';
import { contrast, parseRgb, type Rgb } from './color.ts';
import { themeTokens } from './theme-provider.tsx';

test.each(['#ffeb3b', '#808080', '#ff5722', '#000', '#fff', '#3b82f6', '#16a34a', '#777', '#e91e63'])(
  'text on a primary of %s has a contrast of 4.5',
  (primary) => {
    const tokens = themeTokens({ primary });
    const colors = [tokens['--fb-primary'], tokens['--fb-on-primary']].map((one) => parseRgb(one ?? '')) as [
      Rgb,
      Rgb,
    ];
    expect(contrast(...colors)).toBeGreaterThanOrEqual(4.5);
  },
);

test.each([
  [{}, 'light dark'],
  [{ mode: 'dark' }, 'dark'],
  [{ mode: 'auto' }, 'light dark'],
  [{ background: '#101010' }, 'dark'],
  [{ background: '#fafafa', mode: 'dark' }, 'light'],
] as const)('%j has the scheme "%s"', (theme, scheme) =>
  expect(themeTokens(theme)['color-scheme']).toBe(scheme),
);
