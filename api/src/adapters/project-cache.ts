// The informer cache of FaibricApps: what every list, look-up and stream of apps reads from.
import { API_VERSION, type FaibricApp, faibricApp, GROUP, PLURALS, VERSION } from '@faibric/crds';
import { z } from 'zod';
import type { Clock, Log } from '../ports.ts';
import type { AppCache } from '../projects/app-cluster.ts';
import type { KubeClient } from './kube-client.ts';
import { startObjectCache } from './object-cache.ts';

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

const PAGE = 500;

/** Path of the collection of apps. */
export const appsPath = (namespace: string): string =>
  `/apis/${GROUP}/${VERSION}/namespaces/${namespace}/${PLURALS.FaibricApp}`;

/** Reads an app from the API server's JSON; null when it is not one (a newer or a broken schema). */
export const parseApp = (value: unknown): FaibricApp | null => {
  // Items of a list carry no kind and apiVersion of their own.
  const whole = { apiVersion: API_VERSION, kind: 'FaibricApp', ...z.looseObject({}).parse(value) };
  return faibricApp.safeParse(whole).data ?? null;
};

/** Starts the cache; it is empty and says so until the first list has arrived. */
export const startProjectCache = ({ namespace, ...parts }: CacheParts): RunningCache => {
  const cache = startObjectCache({
    ...parts,
    path: appsPath(namespace),
    parse: parseApp,
    what: 'apps',
    page: PAGE,
  });
  return {
    ...cache,
    subscribe: (listener) => cache.subscribe(({ object, ...change }) => listener({ ...change, app: object })),
  };
};
