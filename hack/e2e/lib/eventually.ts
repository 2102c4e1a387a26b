// Waiting for the state of the world, with a bound. The bound is part of what is asserted ("within 30 s"), so it
// is always an argument; the last thing seen goes into the error, because "timed out" alone explains nothing.
import { setTimeout as pause } from 'node:timers/promises';

/** How long to look, how often, and what is waited for (for the error). */
export interface Patience {
  seconds: number;
  what: string;
  everyMs?: number;
}

/** Looks until `look` gives something other than undefined; errors of `look` count as "not yet". */
export async function eventually<T>(patience: Patience, look: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + patience.seconds * 1000;
  let last = 'nothing';
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined) return found;
      last = 'not yet so';
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (performance.now() > end) {
      throw new Error(`not within ${patience.seconds} s: ${patience.what}; last: ${last}`);
    }
    await pause(patience.everyMs ?? 250);
  }
}
