// How many documents there are, all or some, without loading them: polls and totals stay right for any number. Follows
// the collection live; many changes at once cause one question.
import { useEffect, useRef, useState } from 'react';
import { type AppError, isPassing, toAppError } from './app-error.ts';
import type { Filter, FilterValue } from './list-query.ts';
import { follow } from './live-channel.ts';
import { collectionPath, request } from './request.ts';
import { useLive } from './use-live.ts';

/** Documents by value of a field. */
export interface Tally {
  counts: Readonly<Record<string, number>>;
  total: number;
  loading: boolean;
  error: AppError | null;
  refresh(): Promise<void>;
}

/** Waits this long, in milliseconds, for more changes before it counts again. */
const CALM = 300;

const countOf = async (name: string, filter: Filter, signal?: AbortSignal): Promise<number> => {
  const query = new URLSearchParams({ filter: JSON.stringify(filter) });
  const body = await request<unknown>(`${collectionPath(name)}count/?${query}`, { signal });
  const count = typeof body === 'object' && body !== null && 'count' in body ? body.count : 0;
  return typeof count === 'number' ? count : 0;
};

/** Counts the documents whose `field` has each of the values, for example the votes of each option. */
export function useTally(name: string, field: string, values: readonly FilterValue[]): Tally {
  const [state, setState] = useState<Omit<Tally, 'refresh'>>({
    counts: {},
    total: 0,
    loading: true,
    error: null,
  });
  const load = async (signal?: AbortSignal): Promise<boolean> => {
    try {
      const found = await Promise.all(values.map((value) => countOf(name, { [field]: value }, signal)));
      const counts = Object.fromEntries(values.map((value, i) => [String(value), found[i] ?? 0]));
      const total = found.reduce((sum, count) => sum + count, 0);
      setState({ counts, total, loading: false, error: null });
      return true;
    } catch (thrown) {
      if (signal?.aborted) return true;
      const error = toAppError(thrown);
      setState((now) => ({ ...now, loading: false, error }));
      return !isPassing(error);
    }
  };
  useLive(`${name} ${field} ${JSON.stringify(values)}`, load);
  const reload = useRef(load);
  reload.current = load;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void reload.current(), CALM);
    };
    const stop = follow(name, soon);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [name]);
  return { ...state, refresh: async () => void (await load()) };
}
