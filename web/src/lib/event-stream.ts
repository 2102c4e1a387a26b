// One server-sent event stream that never gives up. EventSource reconnects by itself after a dropped
// connection, but closes for good after an HTTP error (502 while the API restarts): then we open it anew,
// with back-off. `lost` is told only after a real failure, so that a page that is loading shows no alarm.

/** What the page may say about the stream. */
export type StreamState = 'connecting' | 'live' | 'lost';

/** The part of EventSource that is used; a test gives its own. */
export interface EventSourceLike {
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

/** Everything a stream needs; `connect` and `schedule` are arguments so that tests need no network or clock. */
export interface StreamOptions {
  url: string;
  events: readonly string[];
  onEvent: (type: string, data: string) => void;
  onState: (state: StreamState) => void;
  connect?: (url: string) => EventSourceLike;
  schedule?: (run: () => void, delayMs: number) => () => void;
}

const CLOSED = 2;
const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 8_000;

function scheduleWithTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/** The wait before attempt number `attempt` (from 0): 0.5 s doubling to 8 s. */
export function reconnectDelay(attempt: number): number {
  return Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
}

/** Opens the stream and keeps it open until the returned function is called. */
export function openEventStream(options: StreamOptions): () => void {
  const connect = options.connect ?? ((url: string): EventSourceLike => new EventSource(url));
  const schedule = options.schedule ?? scheduleWithTimer;
  let source: EventSourceLike | undefined;
  let cancelRetry: (() => void) | undefined;
  let attempt = 0;
  let stopped = false;

  function open(): void {
    const current = connect(options.url);
    source = current;
    current.onopen = () => {
      attempt = 0;
      options.onState('live');
    };
    current.onerror = () => {
      if (stopped || current !== source) return;
      options.onState('lost');
      if (current.readyState !== CLOSED) return;
      current.close();
      cancelRetry = schedule(open, reconnectDelay(attempt));
      attempt += 1;
    };
    for (const type of options.events) {
      current.addEventListener(type, (event) => options.onEvent(type, event.data));
    }
  }

  options.onState('connecting');
  open();
  return () => {
    stopped = true;
    cancelRetry?.();
    source?.close();
  };
}
