// Puts live changes together: the feed, the streams, the wire to other replicas, and what makes both look again. The one
// place where these parts meet, so that the server and its tests are made of the same.
import type { Authorize } from '../access/grant.ts';
import { MAX_LIVE_STREAMS_PER_APP } from '../contract/limits.ts';
import type { EventStreams } from '../http/event-stream.ts';
import type { Log } from '../ports.ts';
import type { AppCache } from '../projects/app-cluster.ts';
import { appIdOf } from '../projects/app-id.ts';
import type { ChangeBus } from './change-bus.ts';
import { makeChangeFeed } from './change-feed.ts';
import type { ChangeStore } from './change-store.ts';
import { type LiveStreams, makeLiveStreams } from './live-streams.ts';

/** What live changes are made of. */
export interface LiveChangesParts {
  readonly store: ChangeStore;
  readonly streams: EventStreams;
  readonly authorize: Authorize;
  readonly cache: AppCache;
  readonly bus: ChangeBus;
  readonly log: Log;
  readonly pollMs?: number;
  readonly mostPerApp?: number;
}

/** Live changes. */
export interface LiveChanges extends Pick<LiveStreams, 'open'> {
  /** A write of this replica was acknowledged. */
  changed(appId: string): void;
  /** A session of an app's user ended. */
  recheck(appId: string): void;
  stop(): void;
}

const POLL_MS = 1_000;
const TEND_MS = 15_000;
const MAX_AGE_MS = 10 * 60_000;

/** Makes them. */
export const makeLiveChanges = (parts: LiveChangesParts): LiveChanges => {
  const { store, streams, authorize, cache, bus, log } = parts;
  const feed = makeChangeFeed({ store, pollMs: parts.pollMs ?? POLL_MS, log });
  const live = makeLiveStreams({
    feed,
    streams,
    authorize,
    mostPerApp: parts.mostPerApp ?? MAX_LIVE_STREAMS_PER_APP,
    maxAgeMs: MAX_AGE_MS,
  });
  const tending = setInterval(live.tend, TEND_MS);
  tending.unref();
  // Rules that changed, and apps that are gone.
  cache.subscribe(({ app, before }) => {
    const changed = app ?? before;
    if (changed !== null) live.recheck(appIdOf(changed));
  });
  bus.subscribe(({ appId, what }) => (what === 'changed' ? feed.wake(appId) : live.recheck(appId)));
  return {
    open: live.open,
    changed: (appId) => {
      feed.wake(appId);
      bus.publish({ appId, what: 'changed' });
    },
    recheck: (appId) => {
      live.recheck(appId);
      bus.publish({ appId, what: 'recheck' });
    },
    stop: () => {
      clearInterval(tending);
      feed.stop();
    },
  };
};
