// The list of apps with its four faces: loading, failed, empty, full. Newest first. The count is a heading, so
// that a screen reader's list of headings tells how many there are.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { AppView } from '../../lib/app-view.ts';
import { AppCard } from './app-card.tsx';

/** What the list shows. `apps` is undefined until the first answer. */
export interface AppListProps {
  apps: readonly AppView[] | undefined;
  error: string | undefined;
  /** The app made in this window just now; it is brought into view. */
  newest: string | undefined;
  onRetry: () => void;
  onDelete: (app: AppView) => void;
  onData: (app: AppView) => void;
}

function Empty() {
  return (
    <Box
      sx={{
        border: '1px dashed',
        borderColor: 'divider',
        borderRadius: '12px',
        p: { xs: 3, sm: 5 },
        textAlign: 'center',
      }}
    >
      <Typography variant="h3" component="p">
        Nothing is running yet
      </Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>
        Write a sentence above, or take an example. Your first app is up in a few seconds.
      </Typography>
    </Box>
  );
}

function Body({ apps, error, newest, onRetry, onDelete, onData }: AppListProps) {
  if (apps === undefined && error !== undefined) {
    return (
      <Alert
        severity="error"
        action={
          <Button color="inherit" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        {error}
      </Alert>
    );
  }
  if (apps === undefined) {
    return (
      <Box aria-busy="true" aria-label="Loading your apps" sx={{ display: 'grid', gap: 2 }}>
        <Skeleton variant="rounded" height={132} />
        <Skeleton variant="rounded" height={132} />
      </Box>
    );
  }
  if (apps.length === 0) return <Empty />;
  return (
    <Box
      component="ul"
      sx={{ display: 'grid', gap: 2, listStyle: 'none', m: 0, p: 0, gridTemplateColumns: 'minmax(0, 1fr)' }}
    >
      {apps.map((app) => (
        <AppCard
          key={app.id}
          app={app}
          isNew={app.id === newest}
          onDelete={() => onDelete(app)}
          onData={() => onData(app)}
        />
      ))}
    </Box>
  );
}

/** The section "Your apps". */
export function AppList(props: AppListProps) {
  const count = props.apps?.length ?? 0;
  return (
    <Box component="section" aria-labelledby="apps-title">
      <Typography id="apps-title" variant="h2" sx={{ mb: 2 }}>
        Your apps
        {count > 0 && (
          <Box component="span" sx={{ color: 'text.secondary', fontWeight: 450 }}>
            {' '}
            {count}
          </Box>
        )}
      </Typography>
      <Body {...props} />
    </Box>
  );
}
