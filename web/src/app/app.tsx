// Providers around the page. `storageManager={null}` keeps the theme out of localStorage: the scheme follows
// the system, and the page stores nothing in the browser.
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ErrorBoundary } from './error-boundary.tsx';
import { HomePage } from './home-page.tsx';
import { theme } from './theme.ts';

// The stream keeps the list fresh, so nothing goes stale by age; a failed first load is tried again quickly.
const queryClient = new QueryClient({
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
          <HomePage />
        </QueryClientProvider>
      </ErrorBoundary>
    </ThemeProvider>
  );
}
