// What can be done to an app that exists. Each action is a patch of the resource, so that kubectl can do the same and
// shows what was done here; the operator does the work. A patch names the version it saw and is made anew when
// somebody else was faster, so that no change of another is ever overwritten.
import type { FaibricApp } from '@faibric/crds';
import { ANNOTATIONS } from '@faibric/crds';
import { ApiError } from '../errors.ts';
import type { AppCache, AppPatch, AppWriter } from './app-cluster.ts';
import { newAppId } from './app-id.ts';
import { isInWork, isStuck } from './app-state.ts';
import type { RevisionSource } from './revision-source.ts';
import { isServable } from './revision-view.ts';

/** What actions need of the world. */
export interface ActionParts {
  readonly cache: AppCache;
  readonly writer: AppWriter;
  /** A random whole number below n. */
  readonly randomBelow: (n: number) => number;
  readonly now: () => number;
  readonly revisions: Pick<RevisionSource, 'of' | 'problem'>;
}

/** Makes the patch for the app as it is now, or throws why there is none. */
export type ProjectAction = (app: FaibricApp) => AppPatch;

/** The actions by name. */
export interface ProjectActions {
  quickUpdate(prompt: string): ProjectAction;
  /** Holds the app at a revision; null: back to the newest. */
  rollback(revision: number | null): ProjectAction;
  retry(): ProjectAction;
  cancel(): ProjectAction;
  suspend(suspended: boolean): ProjectAction;
}

const TRIES = 5;

/** The error of an app that is not there, or not the caller's: one text for both. */
export const noSuchProject = (): ApiError => new ApiError('not_found', 'There is no app with this id.');

/** Writes the patch of an action, anew while others are faster. */
export const perform = async (
  { cache, writer }: Pick<ActionParts, 'cache' | 'writer'>,
  found: FaibricApp,
  action: ProjectAction,
): Promise<FaibricApp> => {
  let app = found;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const written = await writer.patch(app, action(app));
    if (written !== null) {
      cache.note(written);
      return written;
    }
    const current = await writer.read(app.metadata.name);
    // Another app may have taken the name meanwhile.
    if (current?.metadata.uid !== found.metadata.uid) throw noSuchProject();
    app = current;
  }
  throw new ApiError('conflict', 'The app is being changed by others all the time. Try again.');
};

const refuseDeleted = (app: FaibricApp): void => {
  if (app.metadata.deletionTimestamp !== undefined) {
    throw new ApiError('conflict', 'The app is being deleted.');
  }
};

const MAX_CHANGES = 200;

const appendChange = (parts: ActionParts, app: FaibricApp, prompt: string): AppPatch => {
  const changes = app.spec.changes ?? [];
  if (changes.length >= MAX_CHANGES) {
    throw new ApiError('quota_exceeded', `An app takes at most ${MAX_CHANGES} changes.`);
  }
  return { spec: { changes: [...changes, { id: newAppId(parts.randomBelow), prompt }] } };
};

const pin = ({ revisions }: ActionParts, app: FaibricApp, revision: number | null): AppPatch => {
  const problem = revisions.problem();
  if (problem !== null) throw new ApiError('unavailable', problem, { retryAfter: 2 });
  const known = revisions.of(app).find(({ spec }) => spec.number === revision);
  if (revision !== null && !(known && isServable(known))) {
    const detail = `Revision ${revision} does not exist or did not pass the checks, so it cannot be served.`;
    throw new ApiError('rejected', detail, { field: 'revision' });
  }
  return { spec: { revision } };
};

// Two requests within a millisecond must differ, or the second would be taken for handled.
const stamp = (parts: ActionParts): string =>
  `${new Date(parts.now()).toISOString()}-${newAppId(parts.randomBelow)}`;

const annotate = (key: string, value: string): AppPatch => ({ annotations: { [key]: value } });

/** Makes the actions. */
export const makeProjectActions = (parts: ActionParts): ProjectActions => {
  const guarded =
    (make: (app: FaibricApp) => AppPatch): ProjectAction =>
    (app) => {
      refuseDeleted(app);
      return make(app);
    };
  return {
    quickUpdate: (prompt) => guarded((app) => appendChange(parts, app, prompt)),
    rollback: (revision) => guarded((app) => pin(parts, app, revision)),
    retry: () =>
      guarded((app) => {
        if (!isStuck(app))
          throw new ApiError('conflict', 'Nothing has failed, so there is nothing to retry.');
        return annotate(ANNOTATIONS.requestedAt, stamp(parts));
      }),
    cancel: () =>
      guarded((app) => {
        if (!isInWork(app)) {
          throw new ApiError('conflict', 'Nothing is being worked on, so there is nothing to cancel.');
        }
        return annotate(ANNOTATIONS.cancelRequestedAt, stamp(parts));
      }),
    suspend: (suspended) => guarded(() => ({ spec: { suspend: suspended } })),
  };
};
