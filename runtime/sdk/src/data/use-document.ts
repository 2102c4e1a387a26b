// One document of a collection, by id. A document that does not exist is no error: `item` is null until it is there.
// Changes of others appear by themselves; a deletion by others makes `item` null.
import { useEffect, useRef, useState } from 'react';
import { toast } from '../toaster.tsx';
import { word } from '../words.ts';
import { type AppError, isPassing, toAppError } from './app-error.ts';
import type { UpdateOptions } from './collection.ts';
import { changed, type Item, toItem, versionOf, type WireDocument } from './document.ts';
import type { Change } from './list-state.ts';
import { follow } from './live-channel.ts';
import { collectionPath, persist, request } from './request.ts';
import { useLive } from './use-live.ts';

/** The state of a document and what can be done with it. */
export interface DocumentState<T> {
  item: Item<T> | null;
  loading: boolean;
  error: AppError | null;
  save(patch: Partial<T>, options?: UpdateOptions): Promise<Item<T> | null>;
  remove(): Promise<boolean>;
  refresh(): Promise<void>;
}

type State<T> = Pick<DocumentState<T>, 'item' | 'loading' | 'error'>;

const settled = <T>(item: Item<T> | null): State<T> => ({ item, loading: false, error: null });

/** The state after a change of others; the same when it is of another document, or older. */
function afterChange<T>(state: State<T>, id: string, change: Change): State<T> {
  if (change.type === 'deleted') return change.id === id ? settled<T>(null) : state;
  if (change.type === 'reset' || change.document.id !== id) return state;
  const known = state.item ? (versionOf(state.item) ?? 0) : 0;
  return (change.document.version ?? Number.POSITIVE_INFINITY) <= known
    ? state
    : settled(toItem<T>(change.document));
}

/** Reads one document and changes it; `save` merges the patch into it. */
export function useDocument<T extends object = Record<string, unknown>>(
  name: string,
  id: string,
): DocumentState<T> {
  const [state, setState] = useState<State<T>>({ item: null, loading: true, error: null });
  const path = collectionPath(name, id);
  const load = async (signal?: AbortSignal): Promise<boolean> => {
    try {
      setState(settled(toItem<T>(await request<WireDocument>(path, { signal }))));
    } catch (thrown) {
      if (signal?.aborted) return true;
      const error = toAppError(thrown);
      if (error.status === 404) setState(settled<T>(null));
      else setState((now) => ({ ...now, loading: false, error }));
      return !isPassing(error);
    }
    return true;
  };
  useLive(id === '' ? null : path, load);
  const reload = useRef(load);
  reload.current = load;
  useEffect(() => {
    if (id === '') return;
    return follow(name, (change) => {
      if (change.type === 'reset') void reload.current();
      else setState((now) => afterChange(now, id, change));
    });
  }, [name, id]);
  const refuse = (thrown: unknown, before: Item<T> | null, what: string): null => {
    const error = toAppError(thrown);
    setState({ item: before, loading: false, error });
    toast(`${what} ${error.message}`, { tone: 'danger' });
    if (error.status === 412) void load();
    return null;
  };
  return {
    ...state,
    refresh: async () => void (await load()),
    async save(patch, options = {}) {
      const before = state.item;
      if (before) setState((now) => ({ ...now, item: changed(before, patch) }));
      const version = before && options.ifUnchanged ? versionOf(before) : undefined;
      const headers = version === undefined ? {} : { 'if-match': `"${version}"` };
      try {
        const made = await persist<WireDocument>(path, { method: 'PATCH', body: { data: patch }, headers });
        const item = toItem<T>(made.body);
        setState(settled(item));
        return item;
      } catch (thrown) {
        return refuse(thrown, before, word('notSaved'));
      }
    },
    async remove() {
      const before = state.item;
      setState(settled<T>(null));
      try {
        await persist<null>(path, { method: 'DELETE' });
        return true;
      } catch (thrown) {
        if (toAppError(thrown).status === 404) return true;
        return refuse(thrown, before, word('notDeleted')) !== null;
      }
    },
  };
}
