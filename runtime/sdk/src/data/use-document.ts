// One document of a collection, by id. A document that does not exist is no error: `item` is null until the first save.
import { useState } from 'react';
import { toast } from '../toaster.tsx';
import { type AppError, toAppError } from './app-error.ts';
import { type Item, toItem, type WireDocument } from './document.ts';
import { collectionPath, request } from './request.ts';
import { useLive } from './use-live.ts';

/** The state of a document and what can be done with it. */
export interface DocumentState<T> {
  item: Item<T> | null;
  loading: boolean;
  error: AppError | null;
  save(patch: Partial<T>): Promise<Item<T> | null>;
  remove(): Promise<boolean>;
  refresh(): Promise<void>;
}

type State<T> = Pick<DocumentState<T>, 'item' | 'loading' | 'error'>;

/** Reads one document and changes it; `save` merges the patch into it. */
export function useDocument<T extends object = Record<string, unknown>>(
  name: string,
  id: string,
): DocumentState<T> {
  const [state, setState] = useState<State<T>>({ item: null, loading: true, error: null });
  const path = collectionPath(name, id);
  const refuse = (thrown: unknown, what: string): null => {
    const error = toAppError(thrown);
    setState((now) => ({ ...now, loading: false, error }));
    if (what) toast(`${what} ${error.message}`, { tone: 'danger' });
    return null;
  };
  const load = async (signal?: AbortSignal): Promise<void> => {
    try {
      setState({
        item: toItem<T>(await request<WireDocument>(path, { signal })),
        loading: false,
        error: null,
      });
    } catch (thrown) {
      if (toAppError(thrown).status === 404) setState({ item: null, loading: false, error: null });
      else if (!signal?.aborted) refuse(thrown, '');
    }
  };
  useLive(id === '' ? null : path, load);
  return {
    ...state,
    refresh: () => load(),
    async save(patch) {
      const before = state.item;
      if (before) setState((now) => ({ ...now, item: { ...before, ...patch } }));
      try {
        const made = await request<WireDocument>(path, { method: 'PUT', body: { data: patch, merge: true } });
        const item = toItem<T>(made);
        setState({ item, loading: false, error: null });
        return item;
      } catch (thrown) {
        setState((now) => ({ ...now, item: before }));
        return refuse(thrown, 'Not saved.');
      }
    },
    async remove() {
      try {
        await request<null>(path, { method: 'DELETE' });
        setState({ item: null, loading: false, error: null });
        return true;
      } catch (thrown) {
        return refuse(thrown, 'Not deleted.') !== null;
      }
    },
  };
}
