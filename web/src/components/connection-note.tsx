// Told only when the live connection is really lost, and in a place that moves nothing on the page. What is
// shown may then be old, and saying so is the point: a stale page that looks live is worse than a note. It comes
// 2.5 s late, because a stream that the server moved to another replica is back by then.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { StreamState } from '../lib/event-stream.ts';

/** The note at the foot of the window while the stream is lost. */
export function ConnectionNote({ state }: { state: StreamState }) {
  return (
    <Box
      role="status"
      sx={{
        position: 'fixed',
        bottom: 16,
        left: 16,
        right: 16,
        zIndex: 'snackbar',
        display: 'grid',
        placeItems: 'center',
        pointerEvents: 'none',
      }}
    >
      {state === 'lost' && (
        <Alert
          severity="warning"
          variant="filled"
          sx={{
            boxShadow: 6,
            maxWidth: 560,
            '@keyframes appear': { from: { visibility: 'hidden' }, to: { visibility: 'visible' } },
            animation: 'appear 0s 2.5s both',
          }}
        >
          Connection lost. Trying again; what you see may be out of date. Your apps keep running.
        </Alert>
      )}
    </Box>
  );
}
