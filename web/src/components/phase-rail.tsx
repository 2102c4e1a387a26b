// The six steps as a thread through six knots. State is told by shape and words as well as by colour: a tick,
// a filled ring that breathes, a mark, an empty ring. On a phone only the step in work keeps its name.
import Box from '@mui/material/Box';
import type { StepView } from '../lib/app-view.ts';
import { CheckIcon, StopIcon } from './icons.tsx';

const SPOKEN: Record<StepView['state'], string> = {
  done: 'done',
  active: 'in work',
  todo: 'not begun',
  stopped: 'stopped here',
};

const COLOUR: Record<StepView['state'], string> = {
  done: 'success.main',
  active: 'primary.main',
  todo: 'text.secondary',
  stopped: 'error.main',
};

function Knot({ state }: { state: StepView['state'] }) {
  const filled = state === 'done' || state === 'stopped';
  return (
    <Box
      sx={{
        width: 20,
        height: 20,
        borderRadius: '50%',
        display: 'grid',
        placeItems: 'center',
        bgcolor: filled ? COLOUR[state] : 'background.paper',
        color: 'background.paper',
        border: 2,
        borderColor: state === 'todo' ? 'divider' : COLOUR[state],
        '@keyframes breathe': {
          '50%': { boxShadow: '0 0 0 5px rgb(var(--mui-palette-primary-mainChannel) / 0.18)' },
        },
        animation: state === 'active' ? 'breathe 1.6s ease-in-out infinite' : 'none',
        '& svg': { fontSize: 13 },
      }}
    >
      {state === 'done' && <CheckIcon />}
      {state === 'stopped' && <StopIcon />}
      {state === 'active' && (
        <Box sx={{ width: 8, height: 8, borderRadius: '50%', bgcolor: 'primary.main' }} />
      )}
    </Box>
  );
}

function RailStep({ step, last }: { step: StepView; last: boolean }) {
  const shownOnPhone = step.state === 'active' || step.state === 'stopped';
  return (
    <Box
      component="li"
      aria-current={step.state === 'active' ? 'step' : undefined}
      sx={{
        flex: 1,
        minWidth: 0,
        position: 'relative',
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'center',
        gap: 0.5,
        '&::after': last
          ? {}
          : {
              content: '""',
              position: 'absolute',
              top: 9,
              left: 'calc(50% + 12px)',
              right: 'calc(-50% + 12px)',
              height: 2,
              bgcolor: step.state === 'done' ? 'success.main' : 'divider',
            },
      }}
    >
      <Knot state={step.state} />
      <Box
        component="span"
        aria-hidden="true"
        sx={{
          typography: 'caption',
          fontWeight: shownOnPhone ? 650 : 450,
          color: step.state === 'todo' ? 'text.secondary' : COLOUR[step.state],
          visibility: { xs: shownOnPhone ? 'visible' : 'hidden', sm: 'visible' },
        }}
      >
        {step.name}
      </Box>
      <Box component="span" sx={visuallyHidden}>
        {step.name} {SPOKEN[step.state]}
      </Box>
    </Box>
  );
}

const visuallyHidden = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;

/** The rail of one app. */
export function PhaseRail({ steps }: { steps: readonly StepView[] }) {
  return (
    <Box component="ol" aria-label="Steps" sx={{ display: 'flex', listStyle: 'none', m: 0, p: 0 }}>
      {steps.map((step, index) => (
        <RailStep key={step.name} step={step} last={index === steps.length - 1} />
      ))}
    </Box>
  );
}
