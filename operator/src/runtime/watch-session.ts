// One watch connection from its start to its end, with a deadline on silence. A connection that is cut
// without a word looks like a quiet collection, so quiet is only believed for so long: then it is opened anew
// from the last version seen, which costs one request and misses nothing.
import type { Clock, Timer } from './clock.ts';
import type { KubeClient, KubeObject, ResourceType, Selection, WatchEvent } from './kube-client.ts';
import { isKubeError } from './kube-error.ts';

/** How a session ended. `due` = the caller's own deadline came, as a periodic list is wanted. */
export type SessionEnd =
  | { end: 'ended' | 'silent' | 'due' | 'gone' | 'stopped'; events: number; ms: number }
  | { end: 'failed'; error: unknown; events: number; ms: number };

/** What to watch, from where and for how long. */
export interface SessionRequest {
  type: ResourceType;
  selection: Selection;
  resourceVersion: string;
  timeoutSeconds: number;
  /** Silence longer than this ends the session. */
  inactivityMs: number;
  /** Total length of the session. */
  lifetimeMs: number;
  onEvent: (event: WatchEvent<KubeObject>) => void;
  signal: AbortSignal;
}

/** Runs one watch; every way to end is an outcome and nothing is thrown. */
export async function runWatchSession(
  client: KubeClient,
  request: SessionRequest,
  clock: Clock,
): Promise<SessionEnd> {
  const startedAt = clock.now();
  const { controller, end, alive, dispose } = deadlines(request, clock);
  let events = 0;
  const closing = (): { events: number; ms: number } => ({ events, ms: clock.now() - startedAt });
  try {
    const { type, selection, resourceVersion, timeoutSeconds } = request;
    const watch = client.watch<KubeObject>(type, {
      ...selection,
      resourceVersion,
      timeoutSeconds,
      signal: controller.signal,
    });
    for await (const event of watch) {
      alive();
      if (event.type !== 'bookmark') events += 1;
      request.onEvent(event);
    }
    return { end: end() ?? 'ended', ...closing() };
  } catch (error) {
    const ours = end();
    if (ours !== undefined) return { end: ours, ...closing() };
    if (isKubeError(error, 'gone')) return { end: 'gone', ...closing() };
    return { end: 'failed', error, ...closing() };
  } finally {
    dispose();
  }
}

interface Deadlines {
  controller: AbortController;
  /** Why we ended the session ourselves, if we did. */
  end(): 'silent' | 'due' | 'stopped' | undefined;
  /** Puts the deadline on silence off. */
  alive(): void;
  dispose(): void;
}

function deadlines(request: SessionRequest, clock: Clock): Deadlines {
  const controller = new AbortController();
  let why: 'silent' | 'due' | 'stopped' | undefined;
  const stop = (reason: 'silent' | 'due' | 'stopped') => (): void => {
    why ??= reason;
    controller.abort();
  };
  const onAbort = stop('stopped');
  if (request.signal.aborted) onAbort();
  request.signal.addEventListener('abort', onAbort, { once: true });
  const life = clock.after(request.lifetimeMs, stop('due'));
  let silence: Timer = clock.after(request.inactivityMs, stop('silent'));
  return {
    controller,
    end: () => why,
    alive: () => {
      silence.cancel();
      silence = clock.after(request.inactivityMs, stop('silent'));
    },
    dispose: () => {
      silence.cancel();
      life.cancel();
      request.signal.removeEventListener('abort', onAbort);
    },
  };
}
