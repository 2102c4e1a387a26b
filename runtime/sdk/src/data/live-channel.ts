// Live changes of a collection: one event stream for each collection of a page, shared by all that show it. A browser
// allows six connections to a host over HTTP/1.1, for all tabs together, so a page opens two at most and a hidden page
// none; what has no stream looks again when the page gets the focus. The browser's EventSource sends Last-Event-ID by
// itself, so a short break loses nothing; after a long one (`reset`), and where a stream begins, the list is read anew.
import { isWireDocument } from './document.ts';
import { afterFirstContact, hasIdentity } from './first-contact.ts';
import type { Change } from './list-state.ts';
import { collectionPath } from './request.ts';

/** Most streams of one page. */
const MOST_STREAMS = 2;
/** A page that is hidden for this long, in milliseconds, gives its streams back. */
const HIDDEN = 10_000;
/** First and longest wait before a stream that was refused is opened again, in milliseconds. */
const WAIT = { first: 2_000, longest: 60_000 };

/** What a listener is told: changes, `reset` among them when some may have been missed. */
export type ChannelListener = (change: Change) => void;

interface Channel {
  readonly path: string;
  readonly listeners: Set<ChannelListener>;
  source?: EventSource;
  timer?: ReturnType<typeof setTimeout>;
  /** Refusals in a row. */
  refused: number;
}

const channels = new Map<string, Channel>();

const isResumed = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'resumed' in data && data.resumed === true;

/** The change that an event tells; undefined for what is none. */
export function readChange(type: string, text: string): Change | undefined {
  if (type === 'reset') return { type };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  // A stream that begins, and does not go on where one was broken: what happened before is not told.
  if (type === 'ready') return isResumed(data) ? undefined : { type: 'reset' };
  if (!isWireDocument(data)) return undefined;
  if (type === 'deleted') return { type, id: data.id };
  return type === 'created' || type === 'updated' ? { type, document: data } : undefined;
}

const tell = (channel: Channel, change: Change): void => {
  for (const listener of channel.listeners) listener(change);
};

function close(channel: Channel): void {
  clearTimeout(channel.timer);
  channel.source?.close();
  delete channel.source;
}

const openCount = (): number => [...channels.values()].filter(({ source }) => source).length;

function open(channel: Channel): void {
  const isFull = openCount() >= MOST_STREAMS;
  if (channel.source || isFull || document.visibilityState === 'hidden') return;
  if (typeof EventSource === 'undefined') return;
  if (!hasIdentity()) {
    waitForIdentity();
    return;
  }
  const source = new EventSource(channel.path);
  channel.source = source;
  source.addEventListener('open', () => {
    channel.refused = 0;
  });
  for (const type of ['ready', 'created', 'updated', 'deleted', 'reset'])
    source.addEventListener(type, (event) => {
      const change = readChange(type, event instanceof MessageEvent ? String(event.data) : '');
      if (change) tell(channel, change);
    });
  source.addEventListener('error', () => {
    // Anything but a refusal is taken up again by the browser.
    if (source.readyState !== EventSource.CLOSED || channel.source !== source) return;
    close(channel);
    channel.refused += 1;
    const wait = Math.min(WAIT.longest, WAIT.first * 2 ** (channel.refused - 1));
    channel.timer = setTimeout(openAll, wait * (0.75 + Math.random() / 2));
  });
}

let waiting = false;

function waitForIdentity(): void {
  if (waiting) return;
  waiting = true;
  void afterFirstContact().then(() => {
    waiting = false;
    openAll();
  });
}

/** Opens what may be open, the oldest first. */
function openAll(): void {
  for (const channel of channels.values()) open(channel);
}

let hiding: ReturnType<typeof setTimeout> | undefined;
let watching = false;

function watchVisibility(): void {
  if (watching) return;
  watching = true;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding);
    if (document.visibilityState !== 'hidden') return openAll();
    hiding = setTimeout(() => {
      for (const channel of channels.values()) close(channel);
    }, HIDDEN);
  });
}

/** Somebody else asks from now on (signed in or out): what they may see is other. */
export function reopenChannels(): void {
  for (const channel of channels.values()) close(channel);
  openAll();
}

/** Follows a collection; gives the function that ends it. */
export function follow(collection: string, listener: ChannelListener): () => void {
  watchVisibility();
  const path = `${collectionPath(collection)}events/`;
  const channel: Channel = channels.get(path) ?? { path, listeners: new Set(), refused: 0 };
  channels.set(path, channel);
  channel.listeners.add(listener);
  open(channel);
  return () => {
    channel.listeners.delete(listener);
    if (channel.listeners.size > 0) return;
    close(channel);
    channels.delete(path);
    openAll();
  };
}
