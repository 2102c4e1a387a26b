// Turns who asks into a grant, from the rules of the app as the cache has them. On the platform's host `admit` has
// already made sure that it is the owner. Nothing is allowed for an app that the cache does not know.
import type { AccessRules, FaibricApp } from '@faibric/crds';
import type { Request, Response } from 'express';
import { ApiError, noSuchApp } from '../errors.ts';
import { scopeOf } from '../http/scope.ts';
import type { AppIndex } from './app-index.ts';
import { type Asker, evaluate, refusalError, rulesOf } from './evaluate.ts';
import { type AccessOperation, type Authorize, FULL_GRANT } from './grant.ts';

/** Finds out who asks on an app's own host: a signed-in user, or a visitor (a new one only where that is `needed`). */
export type IdentifyAsker = (
  req: Request,
  res: Response,
  asked: { readonly appId: string; readonly needed: boolean },
) => Promise<Asker>;

/** What authorising needs. */
export interface AuthorizeParts {
  readonly apps: AppIndex;
  readonly identify: IdentifyAsker;
}

/**
 * The app of an app's host. Traefik routed it, yet the cache may not know it: just deleted (404), or the cache has not
 * read anything yet (503).
 */
export const knownApp = (apps: AppIndex, appId: string, missing = noSuchApp): FaibricApp => {
  const app = apps.find(appId);
  if (app !== null) return app;
  if (apps.isSynced()) throw missing();
  throw new ApiError('unavailable', 'The apps are still being read from the cluster.', { retryAfter: 2 });
};

// A browser that may write here gets its identity with its first read already: were it made at the first write, two first
// writes at the same moment would have two authors, and one of them would be lost to the browser.
const needsIdentity = (rules: AccessRules, operation: AccessOperation): boolean =>
  operation !== 'read' || rules.read === 'visitor' || rules.create === 'anyone' || rules.create === 'visitor';

/** Makes the authorisation of the Database API. */
export const makeAuthorize =
  ({ apps, identify }: AuthorizeParts): Authorize =>
  async (req, res, { place, operation }) => {
    // For the owner, too: a stream asks again and again, and the app may be gone.
    const app = knownApp(apps, place.appId);
    if (scopeOf(res).kind === 'platform') return FULL_GRANT;
    const rules = rulesOf(app, place.collection);
    const needed = needsIdentity(rules, operation);
    const asker = await identify(req, res, { appId: place.appId, needed });
    const decision = evaluate(rules, asker, operation);
    if (typeof decision === 'string') throw refusalError(decision, operation, place.collection);
    return decision;
  };
