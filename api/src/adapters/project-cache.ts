// The one informer cache of the API: all FaibricApps of the apps namespace, by list and watch. It relists after any
// error with a growing, jittered pause that never gives up, and relists now and then even if nothing seems wrong,
// because a watch can go silent. Listeners must not throw; if one does, the others still hear of the change.
import { type FaibricApp, faibricApp, GROUP, PLURALS, VERSION } from '@faibric/crds';
import { z } from 'zod';
import type { Clock, Log } from '../ports.ts';
import type { AppCache, AppChange } from '../projects/app-cluster.ts';
import type { KubeClient } from './kube-client.ts';

/** What the cache is made of. */
export interface CacheParts {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly log: Log;
  readonly now: Clock;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
}

/** The cache, and its life. */
export interface RunningCache extends AppCache {
  stop(): void;
}

const PAGE = '500';
const RELIST_MS = 10 * 60_000;
const PAUSE_MS = { first: 500, most: 15_000 };
// How long the API server may be away before answers from the cache are no longer given as the truth.
const STALE_MS = 120_000;

/** Path of the collection of apps. */
export const appsPath = (namespace: string): string =>
  `/apis/${GROUP}/${VERSION}/namespaces/${namespace}/${PLURALS.FaibricApp}`;

const listBody = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional() }),
  items: z.array(z.looseObject({})),
});
const watchEvent = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string().optional() }).optional() }),
});

/** Reads an app from the API server's JSON; null when it is not one (a newer or a broken schema). */
export const parseApp = (value: unknown): FaibricApp | null => {
  // Items of a list carry no kind and apiVersion of their own.
  const whole = { apiVersion: `${GROUP}/${VERSION}`, kind: 'FaibricApp', ...z.looseObject({}).parse(value) };
  return faibricApp.safeParse(whole).data ?? null;
};

interface Store {
  readonly apps: Map<string, FaibricApp>;
  put(app: FaibricApp): void;
  drop(name: string): void;
  subscribe(listener: (change: AppChange) => void): () => void;
}

const makeStore = (log: Log): Store => {
  const apps = new Map<string, FaibricApp>();
  const listeners = new Set<(change: AppChange) => void>();
  const tell = (change: AppChange): void => {
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        log.error({ err: error }, 'a listener of the app cache failed');
      }
    }
  };
  return {
    apps,
    put: (app) => {
      const { name } = app.metadata;
      const before = apps.get(name) ?? null;
      if (before?.metadata.resourceVersion === app.metadata.resourceVersion) return;
      apps.set(name, app);
      tell({ name, app, before });
    },
    drop: (name) => {
      const before = apps.get(name);
      if (before === undefined) return;
      apps.delete(name);
      tell({ name, app: null, before });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const listAll = async ({ client, namespace }: CacheParts): Promise<{ items: unknown[]; version: string }> => {
  const items: unknown[] = [];
  let next: string | undefined;
  for (;;) {
    const query = { limit: PAGE, ...(next === undefined ? {} : { continue: next }) };
    const answer = await client.send({ method: 'GET', path: appsPath(namespace), query });
    if (answer.status !== 200) throw new Error(`list: status ${answer.status}`);
    const page = listBody.parse(answer.body);
    items.push(...page.items);
    next = page.metadata.continue;
    if (next === undefined || next === '') return { items, version: page.metadata.resourceVersion };
  }
};

const replaceAll = (store: Store, items: readonly unknown[], log: Log): void => {
  const seen = new Set<string>();
  for (const item of items) {
    const app = parseApp(item);
    if (app === null) log.warn({}, 'an app does not fit the schema and is not shown');
    else {
      seen.add(app.metadata.name);
      store.put(app);
    }
  }
  for (const name of [...store.apps.keys()]) if (!seen.has(name)) store.drop(name);
};

/** Takes in one line of the watch; gives the version to go on from. Throws when the watch must start anew. */
const takeEvent = (store: Store, line: unknown): string | undefined => {
  const event = watchEvent.parse(line);
  if (event.type === 'ERROR') throw new Error('the watch was ended by the server');
  if (event.type !== 'BOOKMARK') {
    const app = parseApp(event.object);
    if (app !== null && event.type === 'DELETED') store.drop(app.metadata.name);
    else if (app !== null) store.put(app);
  }
  return event.object.metadata?.resourceVersion;
};

const follow = async (
  parts: CacheParts,
  store: Store,
  run: { version: string; signal: AbortSignal; seen: () => void },
) => {
  let { version } = run;
  const until = parts.now() + RELIST_MS * (1 + 0.2 * parts.random());
  while (!run.signal.aborted && parts.now() < until) {
    const timeoutSeconds = String(300 + Math.floor(parts.random() * 300));
    const query = { watch: 'true', allowWatchBookmarks: 'true', resourceVersion: version, timeoutSeconds };
    for await (const line of parts.client.watch(appsPath(parts.namespace), query, run.signal)) {
      version = takeEvent(store, line) ?? version;
      run.seen();
    }
  }
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Starts the cache; it is empty and says so until the first list has arrived. */
export const startProjectCache = (parts: CacheParts): RunningCache => {
  const { log, now } = parts;
  const store = makeStore(log);
  const stopped = new AbortController();
  const { signal } = stopped;
  let synced = false;
  let failingSince: number | null = null;
  const well = (): void => {
    failingSince = null;
  };
  const loop = async (): Promise<void> => {
    let delay = PAUSE_MS.first;
    while (!signal.aborted) {
      try {
        const { items, version } = await listAll(parts);
        replaceAll(store, items, log);
        synced = true;
        well();
        delay = PAUSE_MS.first;
        await follow(parts, store, { version, signal, seen: well });
      } catch (error) {
        if (signal.aborted) return;
        failingSince ??= now();
        log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'the app cache starts anew');
        await pause(delay * (0.5 + parts.random()), signal);
        delay = Math.min(delay * 2, PAUSE_MS.most);
      }
    }
  };
  void loop();
  return {
    list: () => [...store.apps.values()],
    isSynced: () => synced,
    problem: () => {
      if (!synced) return 'The apps are still being read from the cluster.';
      const away = failingSince !== null && now() - failingSince > STALE_MS;
      return away ? 'The Kubernetes API server does not answer.' : null;
    },
    subscribe: store.subscribe,
    note: (app) => {
      const known = store.apps.get(app.metadata.name);
      const newer = Number(app.metadata.resourceVersion) > Number(known?.metadata.resourceVersion ?? 0);
      if (known === undefined || (known.metadata.uid === app.metadata.uid && newer)) store.put(app);
    },
    stop: () => stopped.abort(),
  };
};
