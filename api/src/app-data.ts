// Puts an app's data together: access, documents, live changes, the app's users. What they need of each other is wired here
// and nowhere else, so that the server and its tests are made of the same.
import type { Pool } from 'pg';
import { type Access, makeAccess } from './access/access.ts';
import { type AccessEditor, makeAccessEditor } from './access/access-editor.ts';
import type { Authorize } from './access/grant.ts';
import { type AppUserParts, makeAppUsers } from './app-users/app-users.ts';
import type { PublicAddress } from './auth/cookies.ts';
import type { DocumentStore } from './db/document-store.ts';
import type { EventStreams } from './http/event-stream.ts';
import type { Limiter } from './http/rate-limit.ts';
import type { ChangeBus } from './live/change-bus.ts';
import { type LiveChanges, makeLiveChanges } from './live/live.ts';
import type { Log } from './ports.ts';
import type { AppCache, AppWriter } from './projects/app-cluster.ts';
import type { AppUserRoutes } from './routes/app-users.ts';
import type { CollectionRoutes } from './routes/collections.ts';
import { makeAppUserStore } from './store/app-users.ts';
import { makeChangeStore } from './store/changes.ts';
import { makeCollectionStore } from './store/collections.ts';

/** What an app's data are made of. */
export interface AppDataParts {
  readonly pool: Pool;
  readonly store: DocumentStore;
  readonly cache: AppCache;
  readonly writer: AppWriter;
  readonly streams: EventStreams;
  readonly bus: ChangeBus;
  readonly log: Log;
  readonly visitorSecret: string;
  readonly address: PublicAddress;
  /** Owner of apps that name none. */
  readonly defaultOwner: string;
  readonly limits: { readonly reads: Limiter; readonly writes: Limiter; readonly logins: Limiter };
  readonly guards: Pick<AppUserParts, 'passwords' | 'throttle'>;
  /** Grants; by default what the apps' rules and the asker give. */
  readonly authorize?: Authorize | undefined;
}

/** What the routes of an app's data need. */
export interface AppData {
  readonly access: Access;
  readonly editor: AccessEditor;
  readonly database: CollectionRoutes;
  readonly live: LiveChanges;
  readonly appUsers: AppUserRoutes;
}

/** Makes it. */
export const assembleAppData = (parts: AppDataParts): AppData => {
  const { pool, store, cache, streams, bus, log, limits, guards } = parts;
  const users = makeAppUserStore(pool);
  const access = makeAccess({ ...parts, users });
  const authorize = parts.authorize ?? access.authorize;
  const live = makeLiveChanges({ store: makeChangeStore(pool), streams, authorize, cache, bus, log });
  return {
    access,
    editor: makeAccessEditor({ apps: access.apps, cache, writer: parts.writer }),
    live,
    database: {
      store,
      collections: makeCollectionStore(pool),
      authorize,
      reads: limits.reads,
      writes: limits.writes,
    },
    appUsers: {
      users: makeAppUsers({ store: users, ...guards, ended: live.recheck, claimed: live.changed }),
      apps: access.apps,
      askers: access.askers,
      logins: limits.logins,
      reads: limits.reads,
    },
  };
};
