// Examples as chips: a click fills the box, it does not send, so that one sees what a good sentence looks like.
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { ShuffleIcon } from '../../components/icons.tsx';
import { pickExamples } from './examples.ts';

/** Five examples that differ each visit, and a button for others. */
export function ExampleChips({ onChoose }: { onChoose: (prompt: string) => void }) {
  const [seed, setSeed] = useState(() => Math.random());
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        mt: 2,
        alignItems: 'center',
        justifyContent: 'center',
      }}
    >
      <Box component="span" sx={{ typography: 'caption', color: 'text.secondary', mr: 0.5 }}>
        Try
      </Box>
      {pickExamples(seed, 5).map(({ label, prompt }) => (
        <Chip key={label} label={label} title={prompt} variant="outlined" onClick={() => onChoose(prompt)} />
      ))}
      <Tooltip title="Other examples">
        <IconButton size="small" aria-label="Other examples" onClick={() => setSeed((seed + 0.375) % 1)}>
          <ShuffleIcon fontSize="small" />
        </IconButton>
      </Tooltip>
    </Box>
  );
}
