// The reason of a wait, in the operator's words, with the seconds counting. Only this line re-renders each
// second, not the card. It is not a live region: a screen reader would read every tick.
import Box from '@mui/material/Box';
import type { WaitView } from '../../lib/app-view.ts';
import { formatElapsed } from '../../lib/elapsed.ts';
import { useNow } from '../../lib/use-now.ts';

/** "Building the image, 2 s". */
export function WaitLine({ wait }: { wait: WaitView }) {
  const now = useNow(wait.since !== undefined);
  return (
    <Box sx={{ typography: 'body2', color: 'text.primary', overflowWrap: 'anywhere' }}>
      {wait.message}
      {wait.since !== undefined && (
        <Box
          component="span"
          aria-hidden="true"
          sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
        >
          {' · '}
          {formatElapsed(now - wait.since)}
        </Box>
      )}
    </Box>
  );
}
