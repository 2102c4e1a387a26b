// Follows the feed of changes for all streams of this process with one reader: woken by writes of this replica and by what
// others say over Redis, and at the latest after `pollMs`, which alone makes it right. A follower that starts further back
// reads by itself until it has caught up with the reader; from then on it is told.
import type { Log } from '../ports.ts';
import type { ChangeStore, FeedRead, FeedRequest } from './change-store.ts';
import { makePacer, type RoundResult } from './feed-pacer.ts';
import { comparePositions, type FeedPosition, laterOf } from './feed-position.ts';

/** Somebody who follows one collection. Calls never overlap, and come in the order of the feed. */
export interface Follower {
  readonly appId: string;
  readonly collection: string;
  /** Takes what was read, and is waited for until it has room for more. */
  take(read: FeedRead): Promise<void>;
  /** Takes what there is room for, at once; the place up to which it took. */
  takeNow(read: FeedRead): FeedPosition;
  /** The follower cannot be served any more. */
  fail(error: unknown): void;
}

/** The reader. */
export interface ChangeFeed {
  /** Where the feed of an app is now. */
  now(appId: string): Promise<FeedRead>;
  /** Follows from a place on; the returned function ends it. */
  follow(follower: Follower, from: FeedPosition): () => void;
  /** Something of this app has changed: look at once. */
  wake(appId: string): void;
  stop(): void;
}

/** What the reader is made of. */
export interface FeedParts {
  readonly store: ChangeStore;
  readonly pollMs: number;
  readonly log: Log;
}

interface AppFeed {
  /** Where the reader stands. */
  position: FeedPosition;
  readonly followers: Set<Following>;
}

interface Following {
  readonly follower: Follower;
  position: FeedPosition;
  /** False while it catches up by itself. */
  live: boolean;
  ended: boolean;
}

/** Of what was read, what a follower has not seen of its collection. */
const partFor = ({ follower, position }: Following, read: FeedRead): FeedRead => ({
  ...read,
  changes: read.changes.filter(
    (change) => change.collection === follower.collection && comparePositions(change.position, position) > 0,
  ),
});

const readOne = async (store: ChangeStore, request: FeedRequest): Promise<FeedRead> => {
  const [read] = await store.read([request]);
  if (read === undefined) throw new Error('the feed of an app gave nothing');
  return read;
};

/** Reads for a follower until it stands where the reader stands. */
const catchUp = async (store: ChangeStore, feed: AppFeed, following: Following): Promise<void> => {
  const { appId, collection } = following.follower;
  while (!following.ended && comparePositions(following.position, feed.position) < 0) {
    const read = await readOne(store, { appId, after: following.position, collections: [collection] });
    if (following.ended) return;
    await following.follower.take(read);
    following.position = read.position;
  }
  // No await between the last look at the reader's place and this: nothing is missed and nothing is told twice.
  following.live = true;
};

const join = (store: ChangeStore, feed: AppFeed, following: Following): void => {
  following.live = false;
  catchUp(store, feed, following).catch((error: unknown) => following.follower.fail(error));
};

/** Hands what was read of an app to all who follow it and stand where the reader stands. */
const deliver = (
  store: ChangeStore,
  feed: AppFeed,
  { read, asked }: { readonly read: FeedRead; readonly asked: ReadonlySet<Following> },
): void => {
  feed.position = read.position;
  for (const following of feed.followers) {
    if (!following.live) continue;
    // Who joined while this was read may follow a collection that it did not ask for.
    if (asked.has(following)) {
      const taken = following.follower.takeNow(partFor(following, read));
      following.position = laterOf(following.position, taken);
    }
    // And who has no room for all of it reads the rest at its own pace.
    if (comparePositions(following.position, feed.position) < 0) join(store, feed, following);
  }
};

/** One read for the given apps, and its delivery. */
const makeRound =
  (store: ChangeStore, feeds: ReadonlyMap<string, AppFeed>) =>
  async (appIds: readonly string[]): Promise<RoundResult> => {
    const due = appIds.flatMap((appId): [string, AppFeed][] => {
      const feed = feeds.get(appId);
      return feed === undefined ? [] : [[appId, feed]];
    });
    const asked = new Set(due.flatMap(([, feed]) => [...feed.followers]));
    const requests = due.map(([appId, { position, followers }]) => ({
      appId,
      after: position,
      collections: [...new Set([...followers].map(({ follower }) => follower.collection))],
    }));
    const reads = requests.length === 0 ? [] : await store.read(requests);
    for (const read of reads) {
      const feed = feeds.get(read.appId);
      if (feed !== undefined) deliver(store, feed, { read, asked });
    }
    return {
      again: reads.filter(({ more, waiting }) => more || waiting).map(({ appId }) => appId),
      more: reads.some(({ more }) => more),
      changed: reads.some(({ changes }) => changes.length > 0),
    };
  };

/** Makes the reader; it works while there are followers. */
export const makeChangeFeed = ({ store, pollMs, log }: FeedParts): ChangeFeed => {
  const feeds = new Map<string, AppFeed>();
  const pacer = makePacer({ pollMs, log, apps: () => [...feeds.keys()], round: makeRound(store, feeds) });
  return {
    now: (appId) => readOne(store, { appId, after: null, collections: [] }),
    follow: (follower, from) => {
      const { appId } = follower;
      const feed = feeds.get(appId) ?? { position: from, followers: new Set<Following>() };
      feeds.set(appId, feed);
      const following: Following = { follower, position: from, live: false, ended: false };
      feed.followers.add(following);
      join(store, feed, following);
      pacer.start();
      return () => {
        following.ended = true;
        feed.followers.delete(following);
        if (feed.followers.size === 0 && feeds.get(appId) === feed) feeds.delete(appId);
      };
    },
    wake: (appId) => {
      if (feeds.has(appId)) pacer.wake(appId);
    },
    stop: () => pacer.stop(),
  };
};
