// The look of an app in a few words. Tokens are CSS custom properties on <html>, so that dialogs and the page's own
// background have them too; the style sheet (styles/) does the rest. The last provider on a page wins.
import { type ReactElement, type ReactNode, useLayoutEffect } from 'react';
import { contrast, isDark, mix, type Rgb, readableOn, resolveColor, toHex } from './color.ts';

/** The look of an app. */
export interface Theme {
  /** Any CSS colour; text on it is chosen for contrast. */
  primary?: string;
  background?: string;
  /** Default auto: as the system says. */
  mode?: 'light' | 'dark' | 'auto';
  radius?: 'none' | 'small' | 'medium' | 'large';
  font?: 'sans' | 'serif' | 'rounded' | 'mono';
}

const RADIUS = { none: '0px', small: '6px', medium: '12px', large: '20px' } as const;
const FONT = {
  sans: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  serif: '"Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif',
  rounded:
    'ui-rounded, "SF Pro Rounded", "Hiragino Maru Gothic ProN", Quicksand, Nunito, Manjari, system-ui, sans-serif',
  mono: 'ui-monospace, "Cascadia Code", "Source Code Pro", Menlo, Consolas, "DejaVu Sans Mono", monospace',
} as const;

/** The surface of a scheme, tinted with the colour as strongly as the style sheet tints any (--fb-soft). */
const LIGHT_SURFACE: Rgb = [250, 250, 252];
const DARK_SURFACE: Rgb = [28, 30, 38];
const SOFT = 0.17;
const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [17, 20, 28];

function primaryTokens(primary: string): Record<string, string> {
  const color = resolveColor(primary);
  if (!color) return {};
  const onPrimary = contrast(color, WHITE) >= 4.5 || isDark(color) ? WHITE : INK;
  const light = toHex(readableOn(color, mix(LIGHT_SURFACE, color, SOFT), 4.8));
  const dark = toHex(readableOn(color, mix(DARK_SURFACE, color, SOFT), 4.8));
  // A colour in between carries neither white nor black text at 4.5:1: the filled areas are moved a little.
  const filled = contrast(color, onPrimary) >= 4.5 ? color : readableOn(color, onPrimary, 4.5);
  return {
    '--fb-primary': toHex(filled),
    '--fb-on-primary': toHex(onPrimary),
    '--fb-primary-text': `light-dark(${light}, ${dark})`,
  };
}

/** The custom properties of a theme. */
export function themeTokens(theme: Theme): Record<string, string> {
  const tokens: Record<string, string> = theme.primary ? primaryTokens(theme.primary) : {};
  const background = theme.background ? resolveColor(theme.background) : undefined;
  if (background) tokens['--fb-bg'] = toHex(background);
  const byBackground = background && (isDark(background) ? 'dark' : 'light');
  const mode = byBackground ?? (theme.mode && theme.mode !== 'auto' ? theme.mode : 'light dark');
  tokens['color-scheme'] = mode;
  if (theme.radius) tokens['--fb-radius'] = RADIUS[theme.radius];
  if (theme.font) tokens['--fb-font'] = FONT[theme.font];
  return tokens;
}

/** Applies a theme to the page. */
export function ThemeProvider({
  theme = {},
  children,
}: {
  theme?: Theme;
  children?: ReactNode;
}): ReactElement {
  const key = JSON.stringify(theme);
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    const tokens = Object.entries(themeTokens(JSON.parse(key) as Theme));
    for (const [name, value] of tokens) style.setProperty(name, value);
    return () => {
      for (const [name] of tokens) style.removeProperty(name);
    };
  }, [key]);
  return <>{children}</>;
}
