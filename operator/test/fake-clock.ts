// A clock that stands still until a test moves it. `advance` runs due timers in order and, after each, lets
// pending promises settle, so that what a timer started has happened before the next one fires.
import type { Clock, Timer } from '../src/runtime/clock.ts';

/** A hand-driven clock. */
export interface FakeClock extends Clock {
  /** Moves time forward, firing what falls due on the way. */
  advance(ms: number): Promise<void>;
  /** Moves time forward in one go, as a paused process sees it: timers fire late, after the jump. */
  jump(ms: number): Promise<void>;
  /** Delays of the timers that are pending, soonest first. */
  pending(): number[];
}

/** Makes a clock at time 0, 2030-01-01T00:00:00Z. */
export function createFakeClock(): FakeClock {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  const start = Date.parse('2030-01-01T00:00:00Z');

  const fireDue = async (): Promise<void> => {
    for (let due = soonest(); due !== undefined && due.at <= now; due = soonest()) {
      timers.delete(due);
      due.run();
      await settle();
    }
  };
  const soonest = (): { at: number; run: () => void } | undefined =>
    [...timers].reduce<{ at: number; run: () => void } | undefined>(
      (first, timer) => (first === undefined || timer.at < first.at ? timer : first),
      undefined,
    );
  return {
    now: () => now,
    date: () => new Date(start + now),
    after: (delayMs, run): Timer => {
      const timer = { at: now + Math.max(0, delayMs), run };
      timers.add(timer);
      return { cancel: () => timers.delete(timer) };
    },
    advance: async (ms) => {
      const end = now + ms;
      await settle();
      for (let next = soonest(); next !== undefined && next.at <= end; next = soonest()) {
        now = next.at;
        await fireDue();
      }
      now = end;
      await settle();
    },
    jump: async (ms) => {
      now += ms;
      await fireDue();
      await settle();
    },
    pending: () => [...timers].map(({ at }) => at - now).sort((a, b) => a - b),
  };
}

/** Lets all promises that can settle without time or I/O do so. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
