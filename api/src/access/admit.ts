// The door to an app's documents and users. On the app's own host the routed app must be the path's; on the platform's
// host the app must be the account's. Whoever has no business here gets the very answer of an app that is not there.
import type { RequestHandler, Response } from 'express';
import { ApiError, noSuchApp } from '../errors.ts';
import { accountOf } from '../http/account.ts';
import { admitTo, scopeOf } from '../http/scope.ts';
import type { AppIndex } from './app-index.ts';
import { knownApp } from './authorize.ts';

/** What the door needs to know. */
export interface AdmitParts {
  readonly apps: AppIndex;
  /** Owner of apps that name none. */
  readonly defaultOwner: string;
}

/** Lets the account of a request on the platform's host in if the app is its own; `missing` is what others get. */
export const admitOwner = (
  { apps, defaultOwner }: AdmitParts,
  res: Response,
  { appId, missing }: { readonly appId: string; readonly missing: () => ApiError },
): void => {
  const account = accountOf(res);
  const app = knownApp(apps, appId, missing);
  const owner = app.spec.owner ?? defaultOwner;
  if (account.role !== 'admin' && account.owner !== owner) throw missing();
  admitTo(res, appId);
};

/** The door of `/api/v1/db/:app/`: the app's owner and admins may come in on the platform's host. */
export const admit =
  (parts: AdmitParts): RequestHandler =>
  (req, res, next) => {
    if (scopeOf(res).kind === 'platform') {
      admitOwner(parts, res, { appId: String(req.params.app), missing: noSuchApp });
    }
    next();
  };

/** For what an app's pages may never do, whatever its rules: 403 on the app's host. Call it after `appOf`. */
export const requireOwner = (res: Response): void => {
  if (scopeOf(res).kind === 'app') {
    throw new ApiError('forbidden', 'Only the owner of this app may do this, in the dashboard.');
  }
};
