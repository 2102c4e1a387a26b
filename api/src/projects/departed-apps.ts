// Data of apps that were deleted without the API (kubectl, Git, a namespace that went). It is dropped, but never because
// an app merely is not listed: the app must have been known, be missing for the whole grace (kept in the database), and
// the API server must itself say that it is gone. See docs/adr/0005-data-of-deleted-apps.md.
import { ANNOTATIONS, type FaibricApp } from '@faibric/crds';
import type { Log } from '../ports.ts';
import type { AppCache } from './app-cluster.ts';
import { appIdOf } from './app-id.ts';

/** An app as the registry keeps it. */
export interface KnownApp {
  readonly id: string;
  readonly name: string;
  readonly uid: string;
  /** Its data stays when it is deleted. */
  readonly keep: boolean;
}

/** An app that is missing for longer than the grace. */
export interface DepartedApp extends KnownApp {
  /** True when its deletion was watched; false when it was only found to be missing. */
  readonly seen: boolean;
}

/** Seconds that an app must be missing before its data goes. */
export interface Grace {
  readonly seen: number;
  readonly unseen: number;
}

/** Which apps there are and were; kept in the database. */
export interface AppRegistry {
  note(apps: readonly KnownApp[]): Promise<void>;
  noteDeletion(app: KnownApp): Promise<void>;
  forget(id: string): Promise<void>;
  /** Marks what is not present as missing, and gives what is missing for too long. */
  overdue(present: readonly string[], grace: Grace): Promise<readonly DepartedApp[]>;
}

/**
 * What the API server itself says. `gone`: it has neither this app nor another with its id. `there`: it has. `empty`: it
 * has no app at all, as one that was set up anew. Throws when it cannot be asked.
 */
export type ConfirmGone = (app: KnownApp) => Promise<'gone' | 'there' | 'empty'>;

/** What the keeper needs. */
export interface DepartedParts {
  readonly cache: AppCache;
  readonly registry: AppRegistry;
  readonly confirmGone: ConfirmGone;
  readonly drop: (appId: string) => Promise<number>;
  readonly grace: Grace;
  readonly log: Log;
}

/** The keeper of the data of departed apps. */
export interface DepartedApps {
  /** Takes note of what there is, and drops what is due. Does nothing while the cache cannot be trusted. */
  sweep(): Promise<void>;
  /** Stops listening to the cache. */
  stop(): void;
}

/** Ten minutes after a deletion that was watched; a day when an app was only found to be missing. */
export const DEPARTED_GRACE: Grace = { seen: 600, unseen: 86_400 };

const toKnown = (app: FaibricApp): KnownApp => ({
  id: appIdOf(app),
  name: app.metadata.name,
  uid: app.metadata.uid,
  keep: app.metadata.annotations?.[ANNOTATIONS.keepData] === 'true',
});

const keyOf = ({ name, uid, keep }: KnownApp): string => `${name} ${uid} ${keep}`;

const settle = async (parts: DepartedParts, app: DepartedApp): Promise<void> => {
  const { registry, log } = parts;
  const { id, name } = app;
  if (app.keep) {
    await registry.forget(id);
    log.info({ id, app: name }, 'the data of a deleted app is kept, as its annotation asked');
    return;
  }
  const answer = await parts.confirmGone(app);
  if (answer === 'there') return;
  if (answer === 'empty' && !app.seen) {
    // A cluster that was set up anew looks like this, and its apps may yet be restored.
    log.warn({ id, app: name }, 'an app is missing and the cluster has none at all: its data is kept');
    return;
  }
  const documents = await parts.drop(id);
  await registry.forget(id);
  log.info({ id, app: name, documents, watched: app.seen }, 'the data of a deleted app was dropped');
};

/** Makes the keeper; it follows the cache from now on and sweeps when it is told to. */
export const makeDepartedApps = (parts: DepartedParts): DepartedApps => {
  const { cache, registry, log } = parts;
  const noted = new Map<string, string>();
  const stop = cache.subscribe(({ app, before, watched }) => {
    if (app !== null || before === null || watched !== true) return;
    const gone = toKnown(before);
    noted.delete(gone.id);
    registry.noteDeletion(gone).catch(() => {
      // The next sweep finds it missing; the longer grace holds then.
      log.warn({ id: gone.id }, 'a deletion could not be noted');
    });
  });
  const noteNew = async (apps: readonly KnownApp[]): Promise<void> => {
    const fresh = apps.filter((app) => noted.get(app.id) !== keyOf(app));
    if (fresh.length === 0) return;
    await registry.note(fresh);
    for (const app of fresh) noted.set(app.id, keyOf(app));
  };
  return {
    stop,
    sweep: async () => {
      if (!cache.isSynced() || cache.problem() !== null) return;
      const apps = new Map(cache.list().map((app) => [appIdOf(app), toKnown(app)]));
      await noteNew([...apps.values()]);
      for (const app of await registry.overdue([...apps.keys()], parts.grace)) {
        try {
          await settle(parts, app);
        } catch (error) {
          const reason = error instanceof Error ? error.message : 'unknown';
          log.warn({ id: app.id, reason }, 'the data of a deleted app is still to be dropped');
        }
      }
    },
  };
};
