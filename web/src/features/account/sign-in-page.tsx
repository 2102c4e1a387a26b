// The page for who is not signed in: handle and password, the OpenID provider where there is one, and a sign-up where it is
// open or the link brought an invite. The link is read once and taken out of the address bar.
import type { AuthConfig } from '@faibric/api/contract';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Container from '@mui/material/Container';
import Divider from '@mui/material/Divider';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Logo } from '../../components/logo.tsx';
import { AUTH_CONFIG_KEY, fetchAuthConfig, logIn, ME_KEY, OIDC_START, signUp } from '../../lib/account.ts';
import { CredentialsForm } from './credentials-form.tsx';
import { readFragment, type SignInLink } from './read-fragment.ts';
import { type Credentials, maySignUp } from './sign-up-rules.ts';

const TEXTS = {
  in: { title: 'Sign in', note: 'Your apps are where you left them.', other: 'Make an account' },
  up: { title: 'Make an account', note: 'Then say what you need.', other: 'I have an account' },
  setup: { title: 'Make the first account', note: 'It is the admin of this installation.', other: '' },
};

function Sheet({ children }: { children: ReactNode }) {
  return (
    <Container
      component="main"
      maxWidth={false}
      sx={{ maxWidth: 460, minHeight: '100dvh', display: 'grid', alignContent: 'center', py: 4 }}
    >
      <Box sx={{ mb: 3, display: 'flex', justifyContent: 'center' }}>
        <Logo />
      </Box>
      <Paper
        variant="outlined"
        sx={{
          p: { xs: 2.5, sm: 4 },
          borderRadius: '20px',
          boxShadow: '0 18px 50px -24px rgb(20 22 60 / 0.35)',
        }}
      >
        {children}
      </Paper>
    </Container>
  );
}

function ProviderButton({ name }: { name: string }) {
  return (
    <>
      <Divider sx={{ my: 2.5, typography: 'caption', color: 'text.secondary' }}>or</Divider>
      <Button href={OIDC_START} variant="outlined" size="large" fullWidth>
        Continue with {name}
      </Button>
    </>
  );
}

function useEnter(isNew: boolean, invite: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (typed: Credentials) =>
      isNew ? signUp({ ...typed, ...(invite === undefined ? {} : { invite }) }) : logIn(typed),
    onSuccess: (me) => client.setQueryData(ME_KEY, me),
  });
}

function SignIn({ config, link }: { config: AuthConfig; link: SignInLink }) {
  const canSignUp = maySignUp(config, link.invite);
  const [isNew, setNew] = useState(canSignUp && link.invite !== undefined);
  const enter = useEnter(isNew, link.invite);
  const texts = TEXTS[isNew ? (config.setup && link.invite !== undefined ? 'setup' : 'up') : 'in'];
  const send = (typed: Credentials): Promise<boolean> =>
    enter.mutateAsync(typed).then(
      () => true,
      () => false,
    );
  return (
    <Sheet>
      <Typography variant="h2" component="h1" sx={{ fontSize: '1.6rem' }}>
        {texts.title}
      </Typography>
      <Typography color="textSecondary" sx={{ mt: 0.5, mb: 2.5 }}>
        {texts.note}
      </Typography>
      <CredentialsForm
        key={isNew ? 'up' : 'in'}
        isNew={isNew}
        sending={enter.isPending}
        complaint={enter.error?.message ?? link.complaint}
        onSend={send}
      />
      {config.oidc !== null && !isNew && <ProviderButton name={config.oidc.name} />}
      {canSignUp && texts.other !== '' && (
        <Box sx={{ mt: 2.5, textAlign: 'center' }}>
          <Link
            component="button"
            type="button"
            underline="hover"
            onClick={() => {
              enter.reset();
              setNew(!isNew);
            }}
          >
            {texts.other}
          </Link>
        </Box>
      )}
    </Sheet>
  );
}

/** Sign-in and sign-up. */
export function SignInPage() {
  const { data, error, refetch } = useQuery({ queryKey: AUTH_CONFIG_KEY, queryFn: fetchAuthConfig });
  const [link] = useState(() => readFragment(window.location.hash));
  useEffect(() => {
    if (link.invite !== undefined || link.complaint !== undefined) {
      window.history.replaceState(null, '', window.location.pathname);
    }
  }, [link]);
  if (data !== undefined) return <SignIn config={data} link={link} />;
  if (error === null) return null;
  return (
    <Sheet>
      <Alert severity="error" action={<Button onClick={() => void refetch()}>Try again</Button>}>
        {error.message}
      </Alert>
    </Sheet>
  );
}
