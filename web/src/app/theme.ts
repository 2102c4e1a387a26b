// Colours, type and shape. Named after the loom: indigo dye is the warp, saffron the weft. Both schemes are
// CSS variables chosen by a media query, so there is no flash, no script and nothing kept in the browser.
import { createTheme } from '@mui/material/styles';

const fontFamily = "'Schibsted Grotesk Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";

/** The theme of the whole page, light and dark by the system's wish. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'media' },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: '#3d3fd0', dark: '#2e30a8', contrastText: '#ffffff' },
        secondary: { main: '#8a5a00' },
        success: { main: '#14713f' },
        warning: { main: '#8a5a00' },
        error: { main: '#b3261e' },
        background: { default: '#f5f6fa', paper: '#ffffff' },
        text: { primary: '#171923', secondary: '#565a6b' },
        divider: '#dfe1ea',
      },
    },
    dark: {
      palette: {
        primary: { main: '#a3a6ff', dark: '#8487f5', contrastText: '#11122a' },
        secondary: { main: '#ffc44d' },
        success: { main: '#6bd39a' },
        warning: { main: '#ffc44d' },
        error: { main: '#ff9d94' },
        background: { default: '#10121b', paper: '#191c28' },
        text: { primary: '#eef0f7', secondary: '#a8adbf' },
        divider: '#2c3041',
      },
    },
  },
  shape: { borderRadius: 12 },
  typography: {
    fontFamily,
    h1: {
      fontSize: 'clamp(2rem, 1.3rem + 3.2vw, 3.25rem)',
      fontWeight: 650,
      letterSpacing: '-0.03em',
      lineHeight: 1.08,
    },
    h2: { fontSize: '1.25rem', fontWeight: 650, letterSpacing: '-0.01em', lineHeight: 1.3 },
    h3: { fontSize: '1.0625rem', fontWeight: 650, letterSpacing: '-0.005em', lineHeight: 1.35 },
    body1: { fontSize: '1rem', lineHeight: 1.55 },
    body2: { fontSize: '0.9rem', lineHeight: 1.5 },
    caption: { fontSize: '0.8125rem', lineHeight: 1.4 },
    button: { textTransform: 'none', fontWeight: 600, letterSpacing: 0 },
  },
  components: {
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiButton: { defaultProps: { disableElevation: true }, styleOverrides: { root: { borderRadius: 10 } } },
    MuiChip: { styleOverrides: { root: { borderRadius: 8 } } },
    MuiTooltip: { defaultProps: { arrow: true } },
    MuiCssBaseline: {
      styleOverrides: {
        ':focus-visible': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: 2 },
        '@media (prefers-reduced-motion: reduce)': {
          '*, ::before, ::after': { animation: 'none !important', transition: 'none !important' },
        },
      },
    },
  },
});
