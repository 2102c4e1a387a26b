// Live data through the Gateway: the app names a service and parameters, keys and addresses stay on the server.
// `sample` is true when the values are made up for trying things out: the app must say so (SampleDataBadge).
// The last good answer stays on show while a refresh fails; `error` tells of the failure.
import { useState } from 'react';
import { type AppError, toAppError } from './app-error.ts';
import { request } from './request.ts';
import { useLive } from './use-live.ts';

/** What to ask: `service`, an optional `action`, and the service's own parameters. */
export interface GatewayRequest {
  service: string;
  action?: string;
  [parameter: string]: unknown;
}

/** The state of a question to the Gateway. */
export interface GatewayState<T> {
  data: T | null;
  loading: boolean;
  error: AppError | null;
  sample: boolean;
  fetchedAt: string | null;
  refresh(): Promise<void>;
}

type State<T> = Omit<GatewayState<T>, 'refresh'>;
type Answer<T> = { data: T; sample?: boolean; fetchedAt?: string };

/** Least time between two automatic refreshes, in milliseconds. */
const LEAST_INTERVAL = 5_000;

/** Asks the Gateway, again every `refreshMs`; a request of null waits. */
export function useGateway<T = unknown>(
  question: GatewayRequest | null,
  options: { refreshMs?: number } = {},
): GatewayState<T> {
  const [state, setState] = useState<State<T>>({
    data: null,
    loading: question !== null,
    error: null,
    sample: false,
    fetchedAt: null,
  });
  const body = question === null ? null : JSON.stringify(question);
  const [asked, setAsked] = useState(body);
  if (asked !== body) {
    // Another question: its answer is not there yet, and the old one is not its answer.
    setAsked(body);
    setState({ data: null, loading: body !== null, error: null, sample: false, fetchedAt: null });
  }
  const load = async (signal?: AbortSignal): Promise<void> => {
    if (question === null) return;
    try {
      const answer = await request<Answer<T>>('/api/gateway/', { method: 'POST', body: question, signal });
      const fetchedAt = answer.fetchedAt ?? new Date().toISOString();
      setState({ data: answer.data, loading: false, error: null, sample: answer.sample === true, fetchedAt });
    } catch (thrown) {
      if (!signal?.aborted) setState((now) => ({ ...now, loading: false, error: toAppError(thrown) }));
    }
  };
  const interval = options.refreshMs ? Math.max(options.refreshMs, LEAST_INTERVAL) : 0;
  useLive(body, load, interval);
  return { ...state, refresh: () => load() };
}
