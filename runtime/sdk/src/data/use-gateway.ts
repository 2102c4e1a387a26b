// Live data through the Gateway: the app names a service and parameters, keys and addresses stay on the server.
// `sample` is true when the values are made up for trying things out: the app must say so (SampleDataBadge). The last
// good answer stays on show while a refresh runs or fails, and is shown at once when the same is asked again; `error`
// tells of the failure, `stale` that the values are older than they should be.
import { useState } from 'react';
import { onPageEnd } from '../page-end.ts';
import { type AppError, isPassing, toAppError } from './app-error.ts';
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
  stale: boolean;
  fetchedAt: string | null;
  refresh(): Promise<void>;
}

interface Answer {
  data: unknown;
  sample: boolean;
  stale: boolean;
  fetchedAt: string;
}

/** Least time between two automatic refreshes, in milliseconds. */
const LEAST_INTERVAL = 5_000;
/** Answers that are kept to be shown at once; the oldest goes. */
const MOST_KEPT = 100;

const kept = new Map<string, Answer>();
const asking = new Map<string, Promise<Answer>>();
onPageEnd(() => {
  kept.clear();
  asking.clear();
});

function readAnswer(body: unknown): Answer {
  const answer = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  return {
    data: answer.data ?? null,
    sample: answer.sample === true,
    stale: answer.stale === true,
    fetchedAt: typeof answer.fetchedAt === 'string' ? answer.fetchedAt : new Date().toISOString(),
  };
}

/** Asks once, however many parts of the page want the same. */
function ask(body: string): Promise<Answer> {
  const running = asking.get(body);
  if (running) return running;
  const asked = request<unknown>('/api/gateway/', { method: 'POST', body: JSON.parse(body) as unknown })
    .then(readAnswer)
    .then((answer) => {
      kept.delete(body);
      kept.set(body, answer);
      const oldest = kept.keys().next().value;
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return answer;
    })
    .finally(() => asking.delete(body));
  asking.set(body, asked);
  return asked;
}

interface Shown {
  body: string | null;
  answer: Answer | null;
  loading: boolean;
  error: AppError | null;
}

const shownFor = (body: string | null): Shown => ({
  body,
  answer: body === null ? null : (kept.get(body) ?? null),
  loading: body !== null,
  error: null,
});

/** Asks the Gateway, again every `refreshMs`; a request of null waits. */
export function useGateway<T = unknown>(
  question: GatewayRequest | null,
  options: { refreshMs?: number } = {},
): GatewayState<T> {
  const body = question === null ? null : JSON.stringify(question);
  const [shown, setShown] = useState<Shown>(() => shownFor(body));
  // Another question: its answer is not there yet, and the old one is not its answer.
  if (shown.body !== body) setShown(shownFor(body));
  const load = async (signal?: AbortSignal): Promise<boolean> => {
    if (body === null) return true;
    const change = (part: Partial<Shown>): void =>
      setShown((now) => (signal?.aborted || now.body !== body ? now : { ...now, loading: false, ...part }));
    setShown((now) => (now.body === body && !now.loading ? { ...now, loading: true } : now));
    try {
      change({ answer: await ask(body), error: null });
      return true;
    } catch (thrown) {
      const error = toAppError(thrown);
      change({ error });
      return !isPassing(error);
    }
  };
  const intervalMs = options.refreshMs ? Math.max(options.refreshMs, LEAST_INTERVAL) : 0;
  useLive(body, load, { intervalMs });
  const { answer, loading, error } = shown;
  return {
    data: (answer?.data ?? null) as T | null, // the API's contract for the service; the app states the type
    loading,
    error,
    sample: answer?.sample === true,
    stale: answer !== null && (answer.stale || error !== null),
    fetchedAt: answer?.fetchedAt ?? null,
    refresh: async () => void (await load()),
  };
}
