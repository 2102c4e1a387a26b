// A collection of the Database API as a list that changes at once and is made true afterwards: add, update and remove
// show their result immediately, and a refusal takes it back and says so. Mutations never reject.
import { useCallback, useRef, useState } from 'react';
import { toast } from '../toaster.tsx';
import { type AppError, toAppError } from './app-error.ts';
import { type Item, toItem, type WireDocument } from './document.ts';
import { collectionPath, request } from './request.ts';
import { useLive } from './use-live.ts';

/** What to list: `orderBy` is createdAt, updatedAt or a field, with a leading "-" for descending. */
export interface CollectionOptions {
  orderBy?: string;
  limit?: number;
  filter?: Record<string, string | number | boolean>;
}

/** The state of a collection and what can be done with it. */
export interface Collection<T> {
  items: Item<T>[];
  total: number;
  loading: boolean;
  error: AppError | null;
  add(data: T): Promise<Item<T> | null>;
  update(id: string, patch: Partial<T>): Promise<Item<T> | null>;
  remove(id: string): Promise<boolean>;
  refresh(): Promise<void>;
}

interface State<T> {
  items: Item<T>[];
  total: number;
  loading: boolean;
  error: AppError | null;
}

const COLUMNS: Readonly<Record<string, string>> = { createdAt: 'created_at', updatedAt: 'updated_at' };

/** Query of a list; times are named as the API names them. */
export function listQuery(options: CollectionOptions): string {
  const query = new URLSearchParams({ limit: String(options.limit ?? 500) });
  const order = options.orderBy ?? '-createdAt';
  const field = order.replace(/^-/, '');
  query.set('order_by', (order.startsWith('-') ? '-' : '') + (COLUMNS[field] ?? field));
  if (options.filter) query.set('filter', JSON.stringify(options.filter));
  return query.toString();
}

/** Lists a collection and changes it. */
export function useCollection<T extends object = Record<string, unknown>>(
  name: string,
  options: CollectionOptions = {},
): Collection<T> {
  const [state, setState] = useState<State<T>>({ items: [], total: 0, loading: true, error: null });
  const query = listQuery(options);
  const pending = useRef(0);
  const set = useCallback(
    (change: (now: State<T>) => Partial<State<T>>) => setState((now) => ({ ...now, ...change(now) })),
    [],
  );

  const load = async (signal?: AbortSignal): Promise<void> => {
    const seen = pending.current;
    try {
      const page = await request<{ items?: WireDocument[]; total?: number }>(
        `${collectionPath(name)}?${query}`,
        { signal },
      );
      const items = (page.items ?? []).map((one) => toItem<T>(one));
      // A list asked for before a change is older than what is shown; the change's own answer is newer.
      if (seen !== pending.current) return set(() => ({ loading: false, error: null }));
      set(() => ({ items, total: page.total ?? items.length, loading: false, error: null }));
    } catch (thrown) {
      if (!signal?.aborted) set(() => ({ loading: false, error: toAppError(thrown) }));
    }
  };
  useLive(`${name}?${query}`, load);
  return { ...state, ...useMutations<T>(name, set, pending), refresh: () => load() };
}

type Set<T> = (change: (now: State<T>) => Partial<State<T>>) => void;
type Mutations<T> = Pick<Collection<T>, 'add' | 'update' | 'remove'>;

/** Runs a change: its effect is shown at once, and `undo` takes it back when the server refuses. */
async function attempt<R>(
  run: () => Promise<R>,
  undo: (error: AppError) => void,
  what: string,
): Promise<R | null> {
  try {
    return await run();
  } catch (thrown) {
    const error = toAppError(thrown);
    undo(error);
    toast(`${what} ${error.message}`, { tone: 'danger' });
    return null;
  }
}

function useMutations<T extends object>(
  name: string,
  set: Set<T>,
  pending: { current: number },
): Mutations<T> {
  const replace = (id: string, item: Item<T>) =>
    set((now) => ({ items: now.items.map((one) => (one.id === id ? item : one)), error: null }));

  const add = async (data: T): Promise<Item<T> | null> => {
    pending.current += 1;
    const now = new Date().toISOString();
    const draft: Item<T> = { ...data, id: `new-${crypto.randomUUID()}`, createdAt: now, updatedAt: now };
    set((s) => ({ items: [draft, ...s.items], total: s.total + 1 }));
    const undo = (error: AppError) =>
      set((s) => ({ items: s.items.filter((one) => one.id !== draft.id), total: s.total - 1, error }));
    const made = await attempt(
      () => request<WireDocument>(collectionPath(name), { method: 'POST', body: { data } }),
      undo,
      'Not saved.',
    );
    if (!made) return null;
    const item = toItem<T>(made);
    replace(draft.id, item);
    return item;
  };

  const update = async (id: string, patch: Partial<T>): Promise<Item<T> | null> => {
    pending.current += 1;
    let before: Item<T> | undefined;
    set((s) => {
      before = s.items.find((one) => one.id === id);
      return { items: s.items.map((one) => (one.id === id ? { ...one, ...patch } : one)) };
    });
    const undo = (error: AppError) =>
      set((s) => ({ items: s.items.map((one) => (one.id === id && before ? before : one)), error }));
    const body = { data: patch, merge: true };
    const made = await attempt(
      () => request<WireDocument>(collectionPath(name, id), { method: 'PUT', body }),
      undo,
      'Not saved.',
    );
    if (!made) return null;
    const item = toItem<T>(made);
    replace(id, item);
    return item;
  };

  const remove = async (id: string): Promise<boolean> => {
    pending.current += 1;
    let before: Item<T>[] = [];
    set((s) => {
      before = s.items;
      return { items: s.items.filter((one) => one.id !== id), total: s.total - 1 };
    });
    const undo = (error: AppError) => set((s) => ({ items: before, total: s.total + 1, error }));
    const gone = await attempt(
      async () => {
        await request<null>(collectionPath(name, id), { method: 'DELETE' });
        return true;
      },
      undo,
      'Not deleted.',
    );
    return gone ?? false;
  };
  return { add, update, remove };
}
