// Why an app stands still and what helps, in the operator's words. If an earlier revision still serves, that
// is said first: nothing that ran has stopped.
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { AppView } from '../../lib/app-view.ts';

/** The note about an app that stands still. */
export function TroubleNote({
  app,
  trouble,
}: {
  app: AppView;
  trouble: { reason: string; message: string };
}) {
  return (
    <Alert severity="error" variant="outlined" sx={{ overflowWrap: 'anywhere' }}>
      <AlertTitle>
        {app.serving ? 'The last change did not work; the app runs as before' : 'It cannot go on without you'}
      </AlertTitle>
      <Typography variant="body2">{trouble.message}</Typography>
      <Typography variant="caption" color="textSecondary" component="p" sx={{ mt: 1 }}>
        Reason {trouble.reason}. The whole story:{' '}
        <Box component="code">kubectl describe faibricapp {app.name} -n faibric-apps</Box>
      </Typography>
    </Alert>
  );
}
