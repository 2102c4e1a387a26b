// Places in the feed of changes. Transactions are in the order of their ids, changes of one transaction in the order of
// their numbers, and a place says "everything up to here". What a client keeps (`Last-Event-ID`) is opaque to it: the
// place, when that was, and a digest of what the client might see then.

/** A place in the feed: a transaction and a number within it. */
export interface FeedPosition {
  readonly xid: bigint;
  readonly seq: bigint;
}

/** What an event's id holds. `seconds` since 1970 by the database's clock. */
export interface EventId {
  readonly position: FeedPosition;
  readonly seconds: number;
  readonly view: string;
}

/** Less than 0 when `a` is before `b`, 0 when they are one place. */
export const comparePositions = (a: FeedPosition, b: FeedPosition): number => {
  if (a.xid !== b.xid) return a.xid < b.xid ? -1 : 1;
  if (a.seq === b.seq) return 0;
  return a.seq < b.seq ? -1 : 1;
};

/** The later of two places. */
export const laterOf = (a: FeedPosition, b: FeedPosition): FeedPosition =>
  comparePositions(a, b) < 0 ? b : a;

/** The place before the first change of a transaction: all changes of earlier ones are behind it. */
export const startOf = (xid: bigint): FeedPosition => ({ xid, seq: 0n });

/** The text of an event's id. */
export const formatEventId = ({ position, seconds, view }: EventId): string =>
  `${position.xid}.${position.seq}.${seconds}.${view}`;

const EVENT_ID = /^(\d{1,19})\.(\d{1,18})\.(\d{1,12})\.([A-Za-z0-9_-]{1,20})$/;

/** Reads an event's id; null for a text that is none of ours. */
export const parseEventId = (text: string): EventId | null => {
  const [, xid, seq, seconds, view] = EVENT_ID.exec(text) ?? [];
  if (xid === undefined || seq === undefined || view === undefined) return null;
  return { position: { xid: BigInt(xid), seq: BigInt(seq) }, seconds: Number(seconds), view };
};
