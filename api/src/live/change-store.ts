// What live changes need of the database: the feed of several apps in one round trip, each change with its document as it
// is now. The feed is read below the oldest transaction that is still open, so that nothing is ever passed over.
import type { FeedPosition } from './feed-position.ts';

/** A document as it is now, for whoever may see it. */
export interface LiveDocument {
  readonly author: string | null;
  /** Its JSON text for an asker whose own it is, or is not. */
  json(mine: boolean): string;
}

/** One change. `author` is whose the document was then. */
export interface Change {
  readonly position: FeedPosition;
  readonly collection: string;
  readonly id: string;
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly author: string | null;
  /** Null when it is gone. */
  readonly document: LiveDocument | null;
}

/** What to read: changes after a place, or null for none, only to learn where the feed is now. */
export interface FeedRequest {
  readonly appId: string;
  readonly after: FeedPosition | null;
  readonly collections: readonly string[];
}

/** What was read of one app. */
export interface FeedRead {
  readonly appId: string;
  readonly changes: readonly Change[];
  /** Everything up to here was read. */
  readonly position: FeedPosition;
  /** The database's clock, in seconds. */
  readonly seconds: number;
  /** True when more can be read at once, or soon: a change waits for an older transaction to end. */
  readonly more: boolean;
  readonly waiting: boolean;
  /** The next transaction's id: a place beyond it is of another database. */
  readonly next: bigint;
}

/** The feed. */
export interface ChangeStore {
  read(requests: readonly FeedRequest[]): Promise<readonly FeedRead[]>;
}
