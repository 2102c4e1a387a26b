// When the feed is read: at once for apps that somebody woke, for all of them every `pollMs`, and soon again for an app
// with more to read or with a change that waits for an older transaction to end. Rounds never overlap.
import type { Log } from '../ports.ts';

/** What a round found. */
export interface RoundResult {
  /** Apps to look at again soon. */
  readonly again: readonly string[];
  /** True when at least one of them has more to read at once. */
  readonly more: boolean;
  readonly changed: boolean;
}

/** What is paced. */
export interface Paced {
  readonly pollMs: number;
  /** The apps that are followed; while there is none, nothing runs. */
  readonly apps: () => readonly string[];
  readonly round: (appIds: readonly string[]) => Promise<RoundResult>;
  readonly log: Log;
}

/** The pacer. */
export interface Pacer {
  start(): void;
  wake(appId: string): void;
  stop(): void;
}

const SOON_MS = 20;
const MOST_SOON_MS = 250;

const makeSleeper = () => {
  let rouse: () => void = () => undefined;
  return {
    sleep: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        timer.unref();
        rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    rouse: (): void => rouse(),
  };
};

/** Makes it; `start` begins to read and goes on until there are no apps. */
export const makePacer = ({ pollMs, apps, round, log }: Paced): Pacer => {
  const sleeper = makeSleeper();
  const woken = new Set<string>();
  let running = false;
  let stopped = false;
  let failing = false;
  let soon = SOON_MS;
  let lastFull = Number.NEGATIVE_INFINITY;

  const nextApps = (): readonly string[] => {
    const due = performance.now() - lastFull >= pollMs;
    const next = due ? apps() : [...woken];
    if (due) lastFull = performance.now();
    woken.clear();
    return next;
  };
  /** One round; gives the pause after it. */
  const once = async (): Promise<number> => {
    const { again, more, changed } = await round(nextApps());
    failing = false;
    for (const appId of again) woken.add(appId);
    if (more) return 0;
    // An old transaction may stay open for long: what waits for it is looked for less and less often.
    soon = changed ? SOON_MS : Math.min(soon * 2, MOST_SOON_MS);
    return woken.size > 0 ? Math.min(soon, pollMs) : pollMs;
  };
  const guarded = async (): Promise<number> => {
    try {
      return await once();
    } catch (error) {
      if (!failing) log.warn({ err: error }, 'the feed of changes cannot be read; trying again');
      failing = true;
      return pollMs;
    }
  };
  const loop = async (): Promise<void> => {
    let pause = pollMs;
    while (apps().length > 0 && !stopped) {
      if (pause > 0) await sleeper.sleep(pause);
      pause = await guarded();
    }
    running = false;
  };
  return {
    start: () => {
      if (running || stopped) return;
      running = true;
      void loop();
    },
    wake: (appId) => {
      woken.add(appId);
      soon = SOON_MS;
      sleeper.rouse();
    },
    stop: () => {
      stopped = true;
      sleeper.rouse();
    },
  };
};
