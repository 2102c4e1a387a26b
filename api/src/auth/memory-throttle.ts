// Counters of the throttle in this process: for one replica, and for when Redis is away. Memory is bounded: the key
// that was not used for longest goes first. A clock that jumps cannot make a pause longer than its cap.
import { type Counter, pauseAfter, type ThrottleStore } from './throttle.ts';

interface Entry {
  tries: number;
  until: number;
  forgetAt: number;
}

/** Makes an empty store for at most `maxKeys` counters. */
export const makeMemoryThrottle = (maxKeys = 50_000): ThrottleStore => {
  const entries = new Map<string, Entry>();
  const known = new Map<string, number>();

  const put = <V>(map: Map<string, V>, key: string, value: V): void => {
    map.delete(key);
    const oldest = map.keys().next();
    if (map.size >= maxKeys && !oldest.done) map.delete(oldest.value);
    map.set(key, value);
  };
  const find = (key: string, now: number): Entry | undefined => {
    const entry = entries.get(key);
    if (entry !== undefined && entry.forgetAt <= now) entries.delete(key);
    return entry !== undefined && entry.forgetAt > now ? entry : undefined;
  };
  const waitOf = ({ key, pauses }: Counter, now: number): number =>
    Math.min(pauses.capMs, Math.max(0, (find(key, now)?.until ?? 0) - now));
  const count = ({ key, pauses }: Counter, now: number): void => {
    const tries = (find(key, now)?.tries ?? 0) + 1;
    put(entries, key, { tries, until: now + pauseAfter(tries, pauses), forgetAt: now + pauses.forgetMs });
  };

  return {
    take: async (counters, now) => {
      const wait = Math.max(...counters.map((counter) => waitOf(counter, now)));
      if (wait === 0) for (const counter of counters) count(counter, now);
      return wait;
    },
    settle: async ({ forget, giveBack, known: { key, until } }) => {
      for (const name of forget) entries.delete(name);
      for (const name of giveBack) {
        const entry = entries.get(name);
        if (entry !== undefined) entry.tries = Math.max(0, entry.tries - 1);
      }
      put(known, key, until);
    },
    isKnown: async (key, now) => (known.get(key) ?? 0) > now,
  };
};
