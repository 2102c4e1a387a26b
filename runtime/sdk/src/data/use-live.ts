// When to look again: at the first show, when the window gets the focus back, when the network returns and, where asked
// for, at an interval. A hidden page asks for nothing.
import { useEffect, useRef } from 'react';

/** Least time between two refreshes by focus, in milliseconds. */
const QUIET = 5_000;

/** Calls `refresh` at the moments above. `key` starts anew when it changes; null waits. */
export function useLive(
  key: string | null,
  refresh: (signal: AbortSignal) => Promise<void>,
  intervalMs = 0,
): void {
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => {
    if (key === null) return;
    const abort = new AbortController();
    let last = 0;
    const look = (): void => {
      last = Date.now();
      void latest.current(abort.signal);
    };
    const again = (): void => {
      if (document.visibilityState !== 'hidden' && Date.now() - last > QUIET) look();
    };
    look();
    window.addEventListener('focus', again);
    window.addEventListener('online', again);
    document.addEventListener('visibilitychange', again);
    const timer =
      intervalMs > 0
        ? setInterval(() => document.visibilityState !== 'hidden' && look(), intervalMs)
        : undefined;
    return () => {
      abort.abort();
      clearInterval(timer);
      window.removeEventListener('focus', again);
      window.removeEventListener('online', again);
      document.removeEventListener('visibilitychange', again);
    };
  }, [key, intervalMs]);
}
