// How often an asker may call in a day. Counted here and added up in Redis over all replicas, once a second and not for
// every call. While Redis is gone each replica counts on by itself: the limit still holds, per replica. A Redis that
// lost its counters does not give an asker a new day.
import type { Clock } from '../ports.ts';
import { makeByteLru } from './byte-lru.ts';

/** A counter outside this process: adds, and gives the sum; null when it cannot be reached. Never throws. */
export type AddShared = (key: string, by: number, ttlSeconds: number) => Promise<number | null>;

/** Takes one call of an asker: 0 when it is granted, else the seconds until the day (UTC) ends. */
export type DayQuota = (asker: string) => number | Promise<number>;

/** What a quota is made of. */
export interface QuotaParts {
  /** Part of the counter's key, so that two quotas do not share one. */
  readonly name: string;
  readonly perDay: number;
  readonly add: AddShared;
  readonly now: Clock;
}

const DAY_MS = 86_400_000;
const SYNC_MS = 1_000;
const TALLY_BYTES = 4_000_000;

interface Tally {
  readonly day: number;
  /** Calls of all replicas, as far as known. */
  known: number;
  /** Calls here that are not in `known`: those on their way to be added up, and those that are not. */
  sending: number;
  pending: number;
  syncedAt: number;
  first: Promise<void> | null;
}

const NOTHING: Omit<Tally, 'day'> = { known: 0, sending: 0, pending: 0, syncedAt: 0, first: null };

/** Makes a quota; `perDay` of 0 switches it off. */
export const makeDayQuota = ({ name, perDay, add, now }: QuotaParts): DayQuota => {
  if (perDay <= 0) return () => 0;
  const tallies = makeByteLru<Tally>(TALLY_BYTES);

  const sync = async (asker: string, tally: Tally): Promise<void> => {
    const sent = tally.pending;
    tally.pending -= sent;
    tally.sending += sent;
    tally.syncedAt = now();
    const sum = await add(`faibric:gateway:calls:${name}:${tally.day}:${asker}`, sent, 2 * (DAY_MS / 1000));
    tally.sending -= sent;
    if (sum === null) tally.pending += sent;
    else tally.known = Math.max(tally.known + sent, sum);
  };

  const grant = (asker: string, tally: Tally): number => {
    if (tally.known + tally.sending + tally.pending >= perDay)
      return Math.ceil(((tally.day + 1) * DAY_MS - now()) / 1000);
    tally.pending += 1;
    if (now() - tally.syncedAt >= SYNC_MS) void sync(asker, tally);
    return 0;
  };

  return (asker) => {
    const day = Math.floor(now() / DAY_MS);
    const found = tallies.get(asker);
    const tally: Tally = found?.day === day ? found : { ...NOTHING, day };
    if (tally !== found) tallies.set(asker, tally, 100);
    if (tally.first === null) {
      // What other replicas counted before, once a day; bounded by the counter's own short limit.
      const first = sync(asker, tally);
      tally.first = first;
      return first.then(() => grant(asker, tally));
    }
    return grant(asker, tally);
  };
};
