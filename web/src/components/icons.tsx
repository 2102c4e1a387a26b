// The few icons of the page, drawn here so that no icon package is loaded. All on a 24 grid, current colour.
import { createSvgIcon } from '@mui/material/utils';

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** A tick: done. */
export const CheckIcon = createSvgIcon(
  <path {...stroke} strokeWidth={3} d="m5 12.5 4.5 4.5L19 7.5" />,
  'Check',
);

/** An arrow out of a box: opens elsewhere. */
export const OpenIcon = createSvgIcon(
  <path
    {...stroke}
    d="M14 5h5v5M19 5l-8 8M10 6H6.5A1.5 1.5 0 0 0 5 7.5v10A1.5 1.5 0 0 0 6.5 19h10a1.5 1.5 0 0 0 1.5-1.5V14"
  />,
  'Open',
);

/** A bin: delete. */
export const DeleteIcon = createSvgIcon(
  <path {...stroke} d="M5 7h14M10 4h4M10 11v6M14 11v6M6.5 7l.8 12a1 1 0 0 0 1 1h7.4a1 1 0 0 0 1-1l.8-12" />,
  'Delete',
);

/** Two arrows in a ring: others, again. */
export const ShuffleIcon = createSvgIcon(
  <path {...stroke} d="M19 12a7 7 0 0 1-12.3 4.6M5 12a7 7 0 0 1 12.3-4.6M17.5 4v3.6h-3.6M6.5 20v-3.6h3.6" />,
  'Shuffle',
);

/** An exclamation mark: stands still. */
export const StopIcon = createSvgIcon(<path {...stroke} strokeWidth={3} d="M12 6v7M12 18v.01" />, 'Stop');
