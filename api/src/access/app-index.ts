// Apps by id, for every request of the Database API: one look-up, not a walk over all apps. Fed by the app cache's
// changes. Where two apps claim one id, the older has it, here as in the projects API and in the operator.
import type { FaibricApp } from '@faibric/crds';
import type { AppCache } from '../projects/app-cluster.ts';
import { appIdOf } from '../projects/app-id.ts';

/** Finds apps by id. */
export interface AppIndex {
  /** The app, or null when no app has this id. */
  find(id: string): FaibricApp | null;
  /** False until the apps were read once: then nothing is known, and nothing may be allowed. */
  isSynced(): boolean;
}

const isOlder = (a: FaibricApp, b: FaibricApp): boolean => {
  const [x, y] = [a.metadata, b.metadata];
  const byTime = Date.parse(x.creationTimestamp) - Date.parse(y.creationTimestamp);
  return byTime !== 0 ? byTime < 0 : x.uid < y.uid;
};

/** Makes the index; it follows the cache for as long as the process lives. */
export const makeAppIndex = (cache: AppCache): AppIndex => {
  const byId = new Map<string, Map<string, FaibricApp>>();
  const drop = (app: FaibricApp): void => {
    const id = appIdOf(app);
    const claims = byId.get(id);
    claims?.delete(app.metadata.name);
    if (claims?.size === 0) byId.delete(id);
  };
  const put = (app: FaibricApp): void => {
    const id = appIdOf(app);
    const claims = byId.get(id) ?? new Map<string, FaibricApp>();
    claims.set(app.metadata.name, app);
    byId.set(id, claims);
  };
  cache.subscribe(({ app, before }) => {
    if (before !== null) drop(before);
    if (app !== null) put(app);
  });
  for (const app of cache.list()) put(app);
  return {
    find: (id) => {
      let found: FaibricApp | null = null;
      for (const app of byId.get(id)?.values() ?? []) {
        if (found === null || isOlder(app, found)) found = app;
      }
      return found;
    },
    isSynced: () => cache.isSynced(),
  };
};
