// When to look again: at the first show, when the window gets the focus back, when the network returns, when somebody
// signed in or out, after a failure that may pass, and, where asked for, at an interval. A hidden page asks for nothing.
import { useEffect, useRef } from 'react';
import { onIdentityChange } from './identity.ts';

/** Least time between two refreshes by focus, in milliseconds. */
const QUIET = 5_000;
/** First and longest wait after a failure that may pass, in milliseconds. */
const AGAIN = { first: 3_000, longest: 60_000 };

/** Looks once; false means that it failed in a way that may pass. */
export type Look = (signal: AbortSignal) => Promise<boolean>;

/** What decides when to look. */
export interface LiveOptions {
  /** Milliseconds between two looks while the page is shown; 0 for none. */
  intervalMs?: number;
}

const isHidden = (): boolean => document.visibilityState === 'hidden';

/** The loop of one subject; gives the function that ends it. */
function startLooking(look: Look, intervalMs: number): () => void {
  const abort = new AbortController();
  let last = 0;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const run = async (): Promise<void> => {
    last = Date.now();
    clearTimeout(retry);
    const fine = await look(abort.signal);
    failures = fine ? 0 : failures + 1;
    if (fine || abort.signal.aborted) return;
    const wait = Math.min(AGAIN.longest, AGAIN.first * 2 ** (failures - 1));
    retry = setTimeout(() => isHidden() || void run(), wait);
  };
  const again = (): void => {
    if (!isHidden() && Date.now() - last > QUIET) void run();
  };
  void run();
  window.addEventListener('focus', again);
  window.addEventListener('online', again);
  document.addEventListener('visibilitychange', again);
  const stopIdentity = onIdentityChange(() => void run());
  const timer = intervalMs > 0 ? setInterval(() => isHidden() || void run(), intervalMs) : undefined;
  return () => {
    abort.abort();
    clearInterval(timer);
    clearTimeout(retry);
    stopIdentity();
    window.removeEventListener('focus', again);
    window.removeEventListener('online', again);
    document.removeEventListener('visibilitychange', again);
  };
}

/** Calls `look` at the moments above. `key` starts anew when it changes; null waits. */
export function useLive(key: string | null, look: Look, { intervalMs = 0 }: LiveOptions = {}): void {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    if (key === null) return;
    return startLooking((signal) => latest.current(signal), intervalMs);
  }, [key, intervalMs]);
}
