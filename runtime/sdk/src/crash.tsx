// What is shown when an app's own code fails: what happened, and two ways on.
import type { ReactElement } from 'react';

/** The page of a crashed app. */
export function Crash({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <main className="fb-crash" role="alert">
      <h1>This app stopped</h1>
      <p>Something in it failed. Your saved data are not affected.</p>
      <pre>{message}</pre>
      <p>
        <button type="button" className="fb-button fb-primary" onClick={onRetry}>
          Try again
        </button>
      </p>
    </main>
  );
}
