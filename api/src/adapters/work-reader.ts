// Reads the streams of work from Redis: one blocking reader for all open streams of this replica, and one read of what is
// kept for each browser that comes. While Redis is away nobody is told anything; what was written is told when it is back.
import { WORK_FIELD, workEntry, workStreamKey } from '@faibric/crds';
import { Redis } from 'ioredis';
import type { Log } from '../ports.ts';
import type { WorkEvent, WorkSource } from '../projects/work-source.ts';

/** The reader, and its end. */
export interface RunningWorkReader extends WorkSource {
  close(): void;
}

// A key that is new waits for the reader's turn at most this long; a read that takes much longer has lost its server.
const BLOCK_MS = 250;
const TIMEOUT_MS = 3_000;
const PAUSE_MS = 1_000;
const PER_READ = 200;
const START = '0-0';
/** What a browser that comes anew is told of the past, in characters. */
const MOST_PAST = 512 * 1024;

interface Follower {
  last: string;
  /** What came while the past was still being read. */
  waiting: WorkEvent[] | null;
  readonly listener: (event: WorkEvent) => void;
}
interface Followed {
  /** Where the reader stands; null until the past was read once. */
  position: string | null;
  readonly followers: Set<Follower>;
}
type RawEntry = [id: string, fields: string[]];

const isAfter = (a: string, b: string): boolean => {
  const [ms = 0, n = 0] = a.split('-').map(Number);
  const [otherMs = 0, otherN = 0] = b.split('-').map(Number);
  return ms > otherMs || (ms === otherMs && n > otherN);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** An entry of another version, or a broken one, is passed over. */
const toEvent = ([id, fields]: RawEntry): WorkEvent[] => {
  const at = fields.indexOf(WORK_FIELD);
  const entry = workEntry.safeParse(at < 0 ? null : parseJson(fields[at + 1] ?? ''));
  return entry.success ? [{ id, entry: entry.data }] : [];
};

const tell = (follower: Follower, event: WorkEvent): void => {
  if (!isAfter(event.id, follower.last)) return;
  follower.last = event.id;
  follower.listener(event);
};

/** What is worth telling somebody who comes anew: the newest revision, and not more than a stream takes at once. */
const recent = (events: readonly WorkEvent[]): readonly WorkEvent[] => {
  const newest = events.at(-1)?.entry.revision;
  let room = MOST_PAST;
  const from = events.findLastIndex(({ entry }) => {
    room -= entry.text.length;
    return room < 0 || entry.revision !== newest;
  });
  return events.slice(from + 1);
};

const connect = (url: string, commandTimeout: number): Redis =>
  new Redis(url, {
    commandTimeout,
    connectTimeout: 2_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(200 * 2 ** Math.min(times, 6), 10_000),
  });

const tellAll = ({ followers }: Followed, event: WorkEvent): void => {
  for (const follower of followers) {
    if (follower.waiting === null) tell(follower, event);
    else follower.waiting.push(event);
  }
};

/** Hands new entries of the followed streams on, for as long as any is followed. */
const readOn = async (redis: Redis, followed: ReadonlyMap<string, Followed>): Promise<void> => {
  const ready = [...followed].filter(([, { position }]) => position !== null);
  if (ready.length === 0) return;
  const keys = ready.map(([appId]) => workStreamKey(appId));
  const ids = ready.map(([, { position }]) => position ?? START);
  const answer = await redis.xread('COUNT', PER_READ, 'BLOCK', BLOCK_MS, 'STREAMS', ...keys, ...ids);
  for (const [key, entries] of answer ?? []) {
    const [, app] = ready[keys.indexOf(key)] ?? [];
    if (app === undefined) continue;
    app.position = entries.at(-1)?.[0] ?? app.position;
    for (const event of entries.flatMap(toEvent)) tellAll(app, event);
  }
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** Reads what is kept, then lets what came meanwhile follow. */
const catchUp = async (
  redis: Redis,
  of: { key: string; app: Followed; follower: Follower },
  anew: boolean,
) => {
  const { key, app, follower } = of;
  const from = anew ? '-' : `(${follower.last}`;
  const kept = await redis.xrange(key, from, '+').catch(() => []);
  const events = kept.flatMap(toEvent);
  for (const event of anew ? recent(events) : events) tell(follower, event);
  for (const event of follower.waiting ?? []) tell(follower, event);
  follower.waiting = null;
  app.position ??= kept.at(-1)?.[0] ?? follower.last;
};

/** Connects in the background; a Redis that is away is asked again with growing pauses. */
export const makeWorkReader = (url: string, log: Log): RunningWorkReader => {
  const commands = connect(url, TIMEOUT_MS);
  const blocking = connect(url, BLOCK_MS + TIMEOUT_MS);
  const followed = new Map<string, Followed>();
  let running = false;
  let closed = false;
  for (const redis of [commands, blocking]) {
    redis.on('error', (error: Error & { code?: string }) => {
      log.debug({ code: error.code }, 'Redis is away; work in progress cannot be watched');
    });
  }
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (followed.size > 0 && !closed) {
      const waits = [...followed.values()].every(({ position }) => position === null);
      const work = waits ? pause(BLOCK_MS / 10) : readOn(blocking, followed);
      await work.catch(() => pause(PAUSE_MS));
    }
    running = false;
  };
  return {
    follow: (appId, after, listener) => {
      const app = followed.get(appId) ?? { position: null, followers: new Set() };
      const follower: Follower = { last: after ?? START, waiting: [], listener };
      app.followers.add(follower);
      followed.set(appId, app);
      void catchUp(commands, { key: workStreamKey(appId), app, follower }, after === null);
      void run();
      return () => {
        app.followers.delete(follower);
        if (app.followers.size === 0 && followed.get(appId) === app) followed.delete(appId);
      };
    },
    close: () => {
      closed = true;
      commands.disconnect();
      blocking.disconnect();
    },
  };
};
