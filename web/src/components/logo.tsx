// The mark: two threads crossing two, over and under. Decorative beside its name, so hidden from screen readers.
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

/** Mark and name, for the head of the page. */
export function Logo() {
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.25 }}>
      <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#3d3fd0" />
        <g fill="none" strokeLinecap="round" strokeWidth="3.6">
          <path d="M7 12h5.4M19.6 12H25M7 20h18" stroke="#ffc44d" />
          <path d="M12 7v18M20 7v9.4M20 23.6V25" stroke="#fff" />
        </g>
      </svg>
      <Typography component="span" sx={{ fontWeight: 700, fontSize: '1.15rem', letterSpacing: '-0.02em' }}>
        Faibric
      </Typography>
    </Box>
  );
}
