// A collection of the Database API as a list that changes at once and is made true afterwards: add, update and remove
// show their result immediately, a refusal takes it back and says so, and what others do appears by itself. Mutations
// never reject.
import { useEffect, useRef, useState } from 'react';
import { isPassing, toAppError } from './app-error.ts';
import type { Collection, ListRun } from './collection.ts';
import { makeChanges } from './collection-changes.ts';
import { type CollectionOptions, LARGEST_PAGE, listQuery, type Page, readPage } from './list-query.ts';
import {
  type Change,
  type ListState,
  type Order,
  unknownList,
  withChange,
  withMore,
  withPages,
} from './list-state.ts';
import { follow } from './live-channel.ts';
import { collectionPath, request } from './request.ts';
import { useLive } from './use-live.ts';

/** Waits this long, in milliseconds, for more changes of others before it reads the list anew. */
const CALM = 300;

const pageOf = async (path: string, cursor: string | null, signal?: AbortSignal): Promise<Page> => {
  const more = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  return readPage(await request<unknown>(`${path}${more}`, { signal }));
};

/** As many pages as are shown, so that a refresh never makes a list shorter. */
async function pagesOf(path: string, shown: number, signal?: AbortSignal): Promise<Page[]> {
  const pages = [await pageOf(path, null, signal)];
  for (;;) {
    const last = pages.at(-1);
    const loaded = pages.reduce((sum, page) => sum + page.documents.length, 0);
    if (!last?.cursor || loaded >= shown) return pages;
    pages.push(await pageOf(path, last.cursor, signal));
  }
}

const orderOf = (options: CollectionOptions): Order => {
  const order = options.orderBy ?? '-createdAt';
  const isPlain = !options.filter || Object.keys(options.filter).length === 0;
  return { plain: isPlain && order.replace(/^-/, '') === 'createdAt', newestFirst: order.startsWith('-') };
};

function takeChange<T>(run: ListRun<T>, change: Change): void {
  if (change.type === 'deleted' && run.removed.delete(change.id)) return;
  // The answer to an add of ours is on its way and brings the same document.
  const isOurs = change.type === 'created' && run.open > 0 && change.document.mine === true;
  const next = isOurs ? undefined : withChange(run.state(), change, run.order);
  if (next) run.set(() => next);
  else run.reload();
}

/** Reads the list into the run; true when it worked, or failed for good. */
async function readList<T>(run: ListRun<T>, path: string, signal?: AbortSignal): Promise<boolean> {
  const { writes } = run;
  try {
    const shown = run.state().items.length;
    const pages = await pagesOf(path, Math.min(shown, 4 * LARGEST_PAGE), signal);
    if (signal?.aborted) return true;
    // A list asked for before a change is older than what is shown; the change's own answer is newer.
    const isOld = writes !== run.writes;
    run.set((now) => (isOld ? { ...now, loading: false, error: null } : withPages(now, pages)));
    if (isOld) run.reload();
    return true;
  } catch (thrown) {
    if (signal?.aborted) return true;
    const error = toAppError(thrown);
    run.set((now) => ({ ...now, loading: false, error }));
    return !isPassing(error);
  }
}

function useRun<T>(name: string, options: CollectionOptions, read: () => Promise<unknown>): ListRun<T> {
  const [state, setState] = useState<ListState<T>>(() => unknownList(options.read !== false));
  const latest = useRef(state);
  const reading = useRef(read);
  reading.current = read;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const [run] = useState<ListRun<T>>(() => ({
    name,
    order: orderOf(options),
    state: () => latest.current,
    set: (change) => {
      latest.current = change(latest.current);
      setState(latest.current);
    },
    reload: () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void reading.current(), CALM);
    },
    writes: 0,
    removed: new Set(),
    open: 0,
  }));
  return Object.assign(run, { name, order: orderOf(options) });
}

/** Lists a collection and changes it. */
export function useCollection<T extends object = Record<string, unknown>>(
  name: string,
  options: CollectionOptions = {},
): Collection<T> {
  const isRead = options.read !== false;
  const path = `${collectionPath(name)}?${listQuery(options)}`;
  const run: ListRun<T> = useRun<T>(name, options, () => (isRead ? readList(run, path) : Promise.resolve()));
  useLive(isRead ? path : null, (signal) => readList(run, path, signal));
  useEffect(() => {
    if (!isRead) return;
    return follow(name, (change) => takeChange(run, change));
  }, [name, isRead, run]);
  const loadMore = async (): Promise<void> => {
    const { cursor } = run.state();
    if (cursor === null) return;
    try {
      const page = await pageOf(path, cursor);
      run.set((now) => (now.cursor === cursor ? withMore(now, page) : now));
    } catch (thrown) {
      run.set((now) => ({ ...now, error: toAppError(thrown) }));
    }
  };
  const { items, total, cursor, loading, error } = run.state();
  const refresh = async (): Promise<void> => void (isRead && (await readList(run, path)));
  return { items, total, loading, error, hasMore: cursor !== null, loadMore, refresh, ...makeChanges(run) };
}
