// Asks who is signed in and shows the page, or the sign-in. When that cannot be learned (the server is starting) the page
// is shown: it says itself what is wrong, and a later 401 leads to the sign-in. In mode `single` this is never seen.

import type { Me } from '@faibric/api/contract';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { fetchMe, ME_KEY } from '../../lib/account.ts';

// Loaded when it is needed: a laptop in mode `single` never fetches it.
const SignInPage = lazy(async () => ({ default: (await import('./sign-in-page.tsx')).SignInPage }));

/** Shows its children to who is signed in. */
export function AccountGate({ children }: { children: (me: Me | undefined) => ReactNode }) {
  const { data, isPending } = useQuery({ queryKey: ME_KEY, queryFn: fetchMe });
  if (isPending) return null;
  if (data !== null) return children(data);
  return (
    <Suspense>
      <SignInPage />
    </Suspense>
  );
}
