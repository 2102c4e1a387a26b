// A list of documents and everything that can happen to it, as pure functions: what a person does is shown at once, what
// the server says makes it true, and what others do comes in between. An item is in the list once, whatever the order
// of an answer and of the event that tells of the same document.
import type { AppError } from './app-error.ts';
import { changed, type Item, toItem, versionOf, type WireDocument } from './document.ts';
import type { Page } from './list-query.ts';

/** The state of a list. */
export interface ListState<T> {
  items: Item<T>[];
  total: number;
  cursor: string | null;
  loading: boolean;
  error: AppError | null;
}

/** A list that nothing is known of. */
export const unknownList = <T>(loading: boolean): ListState<T> => ({
  items: [],
  total: 0,
  cursor: null,
  loading,
  error: null,
});

/** A change of others, as the stream tells it. */
export type Change =
  | { type: 'created' | 'updated'; document: WireDocument }
  | { type: 'deleted'; id: string }
  | { type: 'reset' };

const without = <T>(items: Item<T>[], ...ids: readonly string[]): Item<T>[] =>
  items.filter((one) => !ids.includes(one.id));

/** The list as pages give it; what is not stored yet stays on top. */
export const withPages = <T>(state: ListState<T>, pages: readonly Page[]): ListState<T> => {
  const drafts = state.items.filter((one) => one.id.startsWith('new-'));
  const items = pages.flatMap((page) => page.documents.map((one) => toItem<T>(one)));
  const last = pages.at(-1);
  return {
    items: [...drafts, ...items],
    total: (pages[0]?.total ?? items.length) + drafts.length,
    cursor: last?.cursor ?? null,
    loading: false,
    error: null,
  };
};

/** The list with one more page; documents that moved into it meanwhile are not shown twice. */
export const withMore = <T>(state: ListState<T>, page: Page): ListState<T> => {
  const known = new Set(state.items.map((one) => one.id));
  const more = page.documents.filter(({ id }) => !known.has(id)).map((one) => toItem<T>(one));
  return { ...state, items: [...state.items, ...more], total: page.total, cursor: page.cursor, error: null };
};

/** The list with documents that were just made here. */
export const withDrafts = <T>(
  state: ListState<T>,
  drafts: readonly Item<T>[],
  atEnd: boolean,
): ListState<T> => ({
  ...state,
  items: atEnd ? [...state.items, ...drafts] : [...drafts, ...state.items],
  total: state.total + drafts.length,
});

/** The list with a draft replaced by what was stored. */
export const withStored = <T>(state: ListState<T>, draft: string, stored: Item<T>): ListState<T> => {
  const isTwice = state.items.some((one) => one.id === stored.id);
  const items = (isTwice ? without(state.items, stored.id) : state.items).map((one) =>
    one.id === draft ? stored : one,
  );
  return { ...state, items, total: state.total - (isTwice ? 1 : 0), error: null };
};

/** The list without some of its documents. */
export const withoutItems = <T>(state: ListState<T>, ids: readonly string[]): ListState<T> => {
  const items = without(state.items, ...ids);
  return { ...state, items, total: Math.max(0, state.total - (state.items.length - items.length)) };
};

/** The list with documents put back where they were before. */
export const withRestored = <T>(
  state: ListState<T>,
  before: readonly Item<T>[],
  ids: readonly string[],
): ListState<T> => {
  const present = new Map(state.items.map((one) => [one.id, one]));
  const gone = before.filter((one) => ids.includes(one.id) && !present.has(one.id));
  const old = before.flatMap((one) => (gone.includes(one) ? [one] : (present.get(one.id) ?? [])));
  const newer = state.items.filter((one) => !before.some(({ id }) => id === one.id));
  return { ...state, items: [...newer, ...old], total: state.total + gone.length };
};

/** The list with some fields of one document changed. */
export const withPatch = <T>(state: ListState<T>, id: string, patch: Partial<T>): ListState<T> => ({
  ...state,
  items: state.items.map((one) => (one.id === id ? changed(one, patch) : one)),
});

/** The list with one document as it now is. */
export const withItem = <T>(state: ListState<T>, item: Item<T>): ListState<T> => ({
  ...state,
  items: state.items.map((one) => (one.id === item.id ? item : one)),
  error: null,
});

const isOlder = <T>(wire: WireDocument, item: Item<T>): boolean =>
  (wire.version ?? Number.POSITIVE_INFINITY) <= (versionOf(item) ?? 0);

/** How far a list can follow changes by itself: without filter and by time of creation it knows each one's place. */
export interface Order {
  plain: boolean;
  newestFirst: boolean;
}

/** The list after a change of others; undefined when only the server knows what it looks like now. */
export function withChange<T>(state: ListState<T>, change: Change, order: Order): ListState<T> | undefined {
  if (change.type === 'reset') return undefined;
  if (change.type === 'deleted') {
    const known = state.items.some((one) => one.id === change.id);
    // One of a page that is not loaded: only the count changes, and whether it counts here depends on the filter.
    if (!known) return order.plain ? { ...state, total: Math.max(0, state.total - 1) } : undefined;
    return withoutItems(state, [change.id]);
  }
  const { document } = change;
  const known = state.items.find((one) => one.id === document.id);
  if (known && isOlder(document, known)) return state;
  if (!order.plain) return undefined;
  if (known) return withItem(state, toItem<T>(document));
  if (change.type === 'updated') return state;
  // The list is not complete at the end where the new one belongs.
  if (!order.newestFirst && state.cursor !== null) return { ...state, total: state.total + 1 };
  return withDrafts(state, [toItem<T>(document)], !order.newestFirst);
}
