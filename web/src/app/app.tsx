// Providers around the page. `storageManager={null}` keeps the theme out of localStorage: the scheme follows
// the system, and the page stores nothing in the browser.
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { AccountGate } from '../features/account/account-gate.tsx';
import { AccountMenu } from '../features/account/account-menu.tsx';
import { isSignedOut, ME_KEY } from '../lib/account.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { HomePage } from './home-page.tsx';
import { theme } from './theme.ts';

// The stream keeps the list fresh, so nothing goes stale by age; a failed first load is tried again quickly.
// Whatever call learns that the session has ended, the page shows the sign-in.
const noticeSignOut = (error: unknown): void => {
  if (isSignedOut(error)) queryClient.setQueryData(ME_KEY, null);
};

const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, retry: 2, retryDelay: 700, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

/** The whole dashboard. */
export function App() {
  return (
    <ThemeProvider theme={theme} storageManager={null}>
      <CssBaseline />
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <AccountGate>
            {(me) => <HomePage account={me?.mode === 'accounts' ? <AccountMenu me={me} /> : null} />}
          </AccountGate>
        </QueryClientProvider>
      </ErrorBoundary>
    </ThemeProvider>
  );
}
