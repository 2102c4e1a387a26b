// Who is signed in, and the way out. Signing out forgets everything that was loaded: the next person on this machine must
// not see the list of the one before, not even for a moment.
import type { Me } from '@faibric/api/contract';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { logOut, ME_KEY } from '../../lib/account.ts';

/** Handle and sign-out, for the head of the page. */
export function AccountMenu({ me }: { me: Me }) {
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: logOut,
    onSuccess: () => {
      client.clear();
      client.setQueryData(ME_KEY, null);
    },
  });
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
      <Typography variant="body2" color="textSecondary" noWrap title={me.account.name ?? me.account.handle}>
        {me.account.handle}
      </Typography>
      <Button size="small" color="inherit" disabled={leave.isPending} onClick={() => leave.mutate()}>
        Sign out
      </Button>
    </Box>
  );
}
