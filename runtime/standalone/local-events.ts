// Live changes in an exported app: what one tab changes, the others show. Stands in for EventSource on the paths of the
// Database API; every other address gets the browser's own.

const CHANNEL = 'faibric:changes';

/** One change of a collection. */
export interface ChangeNote {
  readonly collection: string;
  readonly type: string;
  readonly data: unknown;
}

const EVENTS = /^\/api\/v1\/db\/[^/]+\/([^/]+)\/events\/$/;
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);
const listeners = new Set<(note: ChangeNote) => void>();

const hear = (note: ChangeNote): void => {
  for (const listener of listeners) listener(note);
};
channel?.addEventListener('message', ({ data }) => hear(data as ChangeNote));

/** Tells this tab and all others. */
export function tellChange(note: ChangeNote): void {
  hear(note);
  channel?.postMessage(note);
}

/** An EventSource that never leaves the browser. */
class LocalEventSource extends EventTarget {
  readonly url: string;
  readonly withCredentials = false;
  readyState = 0;
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  readonly #stop: () => void;

  constructor(url: string, collection: string) {
    super();
    this.url = url;
    const send = (type: string, data: unknown): void => {
      if (this.readyState === 1) this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
    };
    const listener = (note: ChangeNote): void => {
      if (note.collection === collection) send(note.type, note.data);
    };
    listeners.add(listener);
    this.#stop = () => listeners.delete(listener);
    queueMicrotask(() => {
      if (this.readyState !== 0) return;
      this.readyState = 1;
      this.dispatchEvent(new Event('open'));
      send('ready', { resumed: false });
    });
  }

  close(): void {
    this.readyState = 2;
    this.#stop();
  }
}

/** Puts the local event source in the place of the browser's. */
export function installEvents(): void {
  const Remote = globalThis.EventSource as typeof EventSource | undefined;
  const Local = function open(url: string | URL, options?: EventSourceInit): EventTarget {
    const { pathname } = new URL(url, location.href);
    const collection = EVENTS.exec(pathname)?.[1];
    if (collection !== undefined) return new LocalEventSource(String(url), decodeURIComponent(collection));
    if (!Remote) throw new Error('This browser has no EventSource.');
    return new Remote(url, options);
  };
  Reflect.set(globalThis, 'EventSource', Object.assign(Local, { CONNECTING: 0, OPEN: 1, CLOSED: 2 }));
}
