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
      // Not `clear()`: whoever watches "me" would go on watching what is no longer in the cache.
      client.setQueryData(ME_KEY, null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME_KEY[0] });
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
