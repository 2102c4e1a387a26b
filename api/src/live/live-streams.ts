// Streams of a collection's changes. Each is held to a grant that is looked at again whenever the app's rules change, a
// session ends, and now and then in any case; a stream that may no longer see what it saw is told to begin anew.
import type { Request, Response } from 'express';
import type { Authorize, Grant } from '../access/grant.ts';
import type { Place } from '../db/place.ts';
import { ApiError } from '../errors.ts';
import type { EventStream, EventStreams } from '../http/event-stream.ts';
import type { ChangeFeed, Follower } from './change-feed.ts';
import type { Change, FeedRead } from './change-store.ts';
import { type FeedPosition, formatEventId, laterOf } from './feed-position.ts';
import { eventFor, resumeAt, viewOf } from './live-view.ts';

/** What streams are made of. */
export interface LiveParts {
  readonly feed: ChangeFeed;
  readonly streams: EventStreams;
  readonly authorize: Authorize;
  /** Streams of one app at this replica. */
  readonly mostPerApp: number;
  /** How long a stream lives before the client must come back and be looked at anew. */
  readonly maxAgeMs: number;
}

/** A request for a stream, allowed by `grant`. */
export interface Listening {
  readonly req: Request;
  readonly res: Response;
  readonly place: Place;
  readonly grant: Grant;
}

/** The streams of this process. */
export interface LiveStreams {
  open(listening: Listening): Promise<void>;
  /** Looks again at what every stream of an app may see. */
  recheck(appId: string): void;
  /** Looks at all that are due; call it now and then. */
  tend(): void;
}

interface Live {
  readonly listening: Listening;
  readonly stream: EventStream;
  grant: Grant;
  /** Up to here the client has everything, as of `seconds`. */
  position: FeedPosition;
  seconds: number;
  readonly endsAt: number;
  stop: () => void;
}

const idOf = ({ position, seconds, grant }: Live): string =>
  formatEventId({ position, seconds, view: viewOf(grant) });

// The id of an event says how old the oldest change after it may be: as old as the last read that found nothing more.
const sendOne = (live: Live, change: Change): void => {
  const found = eventFor(change, live.grant);
  if (found === null) return;
  const id = formatEventId({ position: change.position, seconds: live.seconds, view: viewOf(live.grant) });
  live.stream.sendText(found.event, found.json, id);
};

const wasRead = (live: Live, read: FeedRead): FeedPosition => {
  live.position = laterOf(live.position, read.position);
  if (!read.more) live.seconds = read.seconds;
  return live.position;
};

const sendAll = async (live: Live, read: FeedRead): Promise<void> => {
  for (const change of read.changes) {
    await live.stream.drained();
    sendOne(live, change);
  }
  wasRead(live, read);
};

const sendNow = (live: Live, read: FeedRead): FeedPosition => {
  for (const change of read.changes) {
    if (live.stream.isBusy()) return live.position;
    sendOne(live, change);
    live.position = laterOf(live.position, change.position);
  }
  return wasRead(live, read);
};

const closeWith = ({ stream }: Live, error: unknown): void => {
  const code = error instanceof ApiError ? error.code : 'unavailable';
  stream.send('closing', { code });
  stream.end();
};

const begin = (live: Live, resumed: boolean, asked: boolean): void => {
  if (resumed) live.stream.send('ready', { resumed: true });
  // What happened meanwhile is not known: the client must list again.
  else live.stream.send(asked ? 'reset' : 'ready', asked ? {} : { resumed: false }, idOf(live));
};

const recheckOne = async ({ authorize }: LiveParts, live: Live): Promise<void> => {
  const { req, res, place } = live.listening;
  try {
    const grant = await authorize(req, res, { place, operation: 'read' });
    if (viewOf(grant) === viewOf(live.grant)) return;
    live.grant = grant;
    live.stream.send('reset', {}, idOf(live));
  } catch (error) {
    // A database that is away proves nothing, and has no changes to tell either.
    if (!(error instanceof ApiError) || error.code !== 'unavailable') closeWith(live, error);
  }
};

/** Makes the streams. */
export const makeLiveStreams = (parts: LiveParts): LiveStreams => {
  const { feed, streams, mostPerApp, maxAgeMs } = parts;
  const byApp = new Map<string, Set<Live>>();
  const all = (): Live[] => [...byApp.values()].flatMap((lives) => [...lives]);

  const start = (listening: Listening, head: FeedRead, lastEventId: string | undefined): void => {
    const { appId, collection } = listening.place;
    const lives = byApp.get(appId) ?? new Set<Live>();
    if (lives.size >= mostPerApp) {
      throw new ApiError('unavailable', 'This app has too many open streams; try again.', { retryAfter: 5 });
    }
    const stream = streams.open(listening.res, () => {
      live.stop();
      lives.delete(live);
      if (lives.size === 0) byApp.delete(appId);
    });
    const resumed = lastEventId === undefined ? null : resumeAt(lastEventId, head, viewOf(listening.grant));
    const live: Live = {
      listening,
      stream,
      grant: listening.grant,
      position: resumed?.position ?? head.position,
      seconds: resumed?.seconds ?? head.seconds,
      // Not all at the same moment, when a replica has just started.
      endsAt: performance.now() + maxAgeMs * (0.9 + 0.2 * Math.random()),
      stop: () => undefined,
    };
    byApp.set(appId, lives.add(live));
    begin(live, resumed !== null, lastEventId !== undefined);
    const follower: Follower = {
      appId,
      collection,
      take: (read) => sendAll(live, read),
      takeNow: (read) => sendNow(live, read),
      fail: (error) => closeWith(live, error),
    };
    live.stop = feed.follow(follower, live.position);
  };

  return {
    open: async (listening) => {
      const header = listening.req.headers['last-event-id'];
      const lastEventId = typeof header === 'string' && header !== '' ? header : undefined;
      start(listening, await feed.now(listening.place.appId), lastEventId);
    },
    recheck: (appId) => {
      for (const live of byApp.get(appId) ?? []) void recheckOne(parts, live);
    },
    tend: () => {
      for (const live of all()) {
        if (performance.now() > live.endsAt) closeWith(live, null);
        else {
          live.stream.mark(idOf(live));
          void recheckOne(parts, live);
        }
      }
    },
  };
};
