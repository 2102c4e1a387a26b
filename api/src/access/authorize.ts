// Turns who asks into a grant, from the rules of the app as the cache has them. On the platform's host `admit` has
// already made sure that it is the owner. Nothing is allowed for an app that the cache does not know.
import type { FaibricApp } from '@faibric/crds';
import type { Request, Response } from 'express';
import { ApiError, noSuchApp } from '../errors.ts';
import { scopeOf } from '../http/scope.ts';
import type { AppIndex } from './app-index.ts';
import { type Asker, evaluate, refusalError, rulesOf } from './evaluate.ts';
import { type Authorize, FULL_GRANT } from './grant.ts';

/** Finds out who asks on an app's own host: a signed-in user of the app, or a visitor. */
export type IdentifyAsker = (req: Request, res: Response, appId: string) => Promise<Asker>;

/** What authorising needs. */
export interface AuthorizeParts {
  readonly apps: AppIndex;
  readonly identify: IdentifyAsker;
}

/**
 * The app of an app's host. Traefik routed it, yet the cache may not know it: just deleted (404), or the cache has not
 * read anything yet (503).
 */
export const knownApp = (apps: AppIndex, appId: string): FaibricApp => {
  const app = apps.find(appId);
  if (app !== null) return app;
  if (apps.isSynced()) throw noSuchApp();
  throw new ApiError('unavailable', 'The apps are still being read from the cluster.', { retryAfter: 2 });
};

/** Makes the authorisation of the Database API. */
export const makeAuthorize =
  ({ apps, identify }: AuthorizeParts): Authorize =>
  async (req, res, { place, operation }) => {
    if (scopeOf(res).kind === 'platform') return FULL_GRANT;
    const rules = rulesOf(knownApp(apps, place.appId), place.collection);
    const decision = evaluate(rules, await identify(req, res, place.appId), operation);
    if (typeof decision === 'string') throw refusalError(decision, operation, place.collection);
    return decision;
  };
