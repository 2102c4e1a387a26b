// One app: what it is, how far it is, why it waits or stands, and the way in. The way in is shown only when
// the address answers; a link that leads to an error page is worse than a wait with a reason.
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import IconButton from '@mui/material/IconButton';
import Paper from '@mui/material/Paper';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { DeleteIcon, OpenIcon } from '../../components/icons.tsx';
import { PhaseRail } from '../../components/phase-rail.tsx';
import type { AppView } from '../../lib/app-view.ts';
import { AppFacts } from './app-facts.tsx';
import { TroubleNote } from './trouble-note.tsx';
import { WaitLine } from './wait-line.tsx';

const STATE_CHIP = {
  working: { label: 'Building', color: 'primary' },
  ready: { label: 'Ready', color: 'success' },
  updating: { label: 'Updating', color: 'primary' },
  trouble: { label: 'Needs attention', color: 'error' },
  suspended: { label: 'Suspended', color: 'default' },
  deleting: { label: 'Deleting', color: 'default' },
} as const;

function CardHead({ app, onDelete }: { app: AppView; onDelete: () => void }) {
  const chip = STATE_CHIP[app.state];
  return (
    <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1 }}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.25, rowGap: 0.5 }}>
          <Typography variant="h3" sx={{ overflowWrap: 'anywhere' }}>
            {app.title}
          </Typography>
          <Chip
            size="small"
            label={chip.label}
            color={chip.color}
            variant={app.state === 'ready' ? 'filled' : 'outlined'}
          />
        </Box>
        {app.prompt !== app.title && (
          <Typography variant="body2" color="textSecondary" title={app.prompt} sx={clampTwoLines}>
            {app.prompt}
          </Typography>
        )}
      </Box>
      <Tooltip title="Delete">
        <span>
          <IconButton
            aria-label={`Delete ${app.title}`}
            onClick={onDelete}
            disabled={app.state === 'deleting'}
            sx={{ mr: -1, mt: -0.75 }}
          >
            <DeleteIcon fontSize="small" />
          </IconButton>
        </span>
      </Tooltip>
    </Box>
  );
}

const clampTwoLines = {
  mt: 0.25,
  display: '-webkit-box',
  WebkitLineClamp: 2,
  WebkitBoxOrient: 'vertical',
  overflow: 'hidden',
  overflowWrap: 'anywhere',
} as const;

function WayIn({ app }: { app: AppView }) {
  if (!app.serving || app.url === undefined) return null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5 }}>
      <Button
        component="a"
        href={app.url}
        target="_blank"
        rel="noreferrer"
        variant="contained"
        endIcon={<OpenIcon />}
      >
        Open
      </Button>
      <Box sx={{ typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere', minWidth: 0 }}>
        {app.host}
      </Box>
    </Box>
  );
}

/** What a card needs; `isNew` brings it into view once, because on a phone it begins below the fold. */
export interface AppCardProps {
  app: AppView;
  isNew: boolean;
  onDelete: () => void;
  onData: () => void;
}

/** The card of one app. */
export function AppCard({ app, isNew, onDelete, onData }: AppCardProps) {
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isNew) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isNew]);
  const inWork = app.state !== 'ready' && app.state !== 'suspended' && app.state !== 'deleting';
  return (
    <Paper
      component="li"
      ref={card}
      variant="outlined"
      data-app-id={app.id}
      data-state={app.state}
      sx={{
        p: { xs: 2, sm: 2.5 },
        display: 'flex',
        flexDirection: 'column',
        gap: 2,
        opacity: app.state === 'deleting' ? 0.6 : 1,
      }}
    >
      <CardHead app={app} onDelete={onDelete} />
      {inWork && <PhaseRail steps={app.steps} />}
      {app.wait && <WaitLine wait={app.wait} />}
      {app.trouble && <TroubleNote app={app} trouble={app.trouble} />}
      {app.limited.length > 0 && (
        <Alert severity="info" variant="outlined" sx={{ overflowWrap: 'anywhere' }}>
          Not in the app: {app.limited.join('; ')}
        </Alert>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 3, rowGap: 1.5 }}>
        <WayIn app={app} />
        {app.collections.length > 0 && app.revision !== undefined && app.state !== 'deleting' && (
          <Button variant="outlined" onClick={onData} aria-label={`Data of ${app.title}`}>
            Data
          </Button>
        )}
        <AppFacts app={app} />
      </Box>
    </Paper>
  );
}
