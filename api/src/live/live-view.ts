// What one stream sees of the feed. Events tell the state and not the history: a document is sent as it is now, and what
// the reader may not see (any more) is `deleted` to whoever could have seen it, and nothing to all others.
import { createHash } from 'node:crypto';
import type { Grant } from '../access/grant.ts';
import type { Change, FeedRead } from './change-store.ts';
import { type EventId, parseEventId } from './feed-position.ts';

/** An event for a stream: its name and its data as JSON text. */
export interface LiveEvent {
  readonly event: 'created' | 'updated' | 'deleted';
  readonly json: string;
}

/** What a change means for who has this grant; null: nothing. */
export const eventFor = ({ id, kind, author, document }: Change, grant: Grant): LiveEvent | null => {
  const mayHaveSeen = (by: string | null): boolean => grant.only === null || grant.only === by;
  if (document !== null && mayHaveSeen(document.author)) {
    const mine = grant.author !== null && grant.author === document.author;
    return { event: kind === 'created' ? 'created' : 'updated', json: document.json(mine) };
  }
  return mayHaveSeen(author) ? { event: 'deleted', json: JSON.stringify({ id }) } : null;
};

/** Names what a grant lets see, without telling who it is: a stream that is resumed must see the same. */
export const viewOf = ({ author, only }: Grant): string =>
  createHash('sha256')
    .update(JSON.stringify([author, only]))
    .digest('base64url')
    .slice(0, 8);

// Changes are kept for an hour; what a client says is trusted for ten minutes less.
const RESUMABLE_SECONDS = 50 * 60;

/** Where a stream goes on, from what the client names; null when that is too old, another view's or no id of ours. */
export const resumeAt = (
  lastEventId: string,
  now: Pick<FeedRead, 'seconds' | 'next'>,
  view: string,
): EventId | null => {
  const id = parseEventId(lastEventId);
  if (id === null || id.view !== view) return null;
  const age = now.seconds - id.seconds;
  // An id from the future is of another database, or made up.
  const known = age > -60 && age < RESUMABLE_SECONDS && id.position.xid <= now.next;
  return known ? id : null;
};
