// The one page: the prompt box and the apps. Here features meet, because they may not import each other.
import Box from '@mui/material/Box';
import Container from '@mui/material/Container';
import Typography from '@mui/material/Typography';
import { type ReactNode, useState } from 'react';
import { ConnectionNote } from '../components/connection-note.tsx';
import { Logo } from '../components/logo.tsx';
import { AppList } from '../features/apps/app-list.tsx';
import { DeleteDialog } from '../features/apps/delete-dialog.tsx';
import { useApps, useDeleteApp } from '../features/apps/use-apps.ts';
import { PromptForm } from '../features/create/prompt-form.tsx';
import { useCreateApp } from '../features/create/use-create-app.ts';
import { DataDialog } from '../features/data/data-dialog.tsx';
import type { AppView } from '../lib/app-view.ts';

function Hero() {
  return (
    <Box sx={{ textAlign: 'center', mb: { xs: 3, sm: 4 } }}>
      <Typography variant="h1">
        Say what you need.
        <br />
        Your cluster runs it.
      </Typography>
      <Typography color="textSecondary" sx={{ mt: 1.5, textWrap: 'balance' }}>
        One sentence becomes an app at its own address, on your own Kubernetes.
      </Typography>
    </Box>
  );
}

function Create({ onCreated }: { onCreated: (id: string) => void }) {
  const create = useCreateApp();
  const send = (prompt: string): Promise<boolean> =>
    create.mutateAsync(prompt).then(
      (project) => {
        onCreated(project.id);
        return true;
      },
      () => false,
    );
  return <PromptForm sending={create.isPending} error={create.error?.message} onSend={send} />;
}

/** Prompt box and live list of apps; `account` stands in the head of the page. */
export function HomePage({ account }: { account: ReactNode }) {
  const { apps, error, stream, retry } = useApps();
  const [newest, setNewest] = useState<string>();
  const [leaving, setLeaving] = useState<AppView>();
  const [shown, setShown] = useState<AppView>();
  const remove = useDeleteApp(() => setLeaving(undefined));

  function ask(app: AppView): void {
    remove.reset();
    setLeaving(app);
  }

  return (
    <Container maxWidth="md" sx={{ py: { xs: 2, sm: 3 }, pb: 12 }}>
      <Box
        component="header"
        sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: 2 }}
      >
        <Logo />
        {account}
      </Box>
      <Box component="main">
        <Box sx={{ maxWidth: 720, mx: 'auto', pt: { xs: 5, sm: 9 }, pb: { xs: 6, sm: 9 } }}>
          <Hero />
          <Create onCreated={setNewest} />
        </Box>
        <AppList apps={apps} error={error} newest={newest} onRetry={retry} onDelete={ask} onData={setShown} />
      </Box>
      {leaving && (
        <DeleteDialog
          app={leaving}
          deleting={remove.isPending}
          error={remove.error?.message}
          onCancel={() => setLeaving(undefined)}
          onConfirm={() => remove.mutate(leaving.id)}
        />
      )}
      {shown && <DataDialog app={shown} onClose={() => setShown(undefined)} />}
      <ConnectionNote state={stream} />
    </Container>
  );
}
