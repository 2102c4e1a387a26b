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

/** Lets the app's owner and admins in on the platform's host. For paths with `:app`. */
export const admit =
  (parts: AdmitParts): RequestHandler =>
  (req, res, next) => {
    if (scopeOf(res).kind === 'platform') {
      const account = accountOf(res);
      const app = knownApp(parts.apps, String(req.params.app));
      const owner = app.spec.owner ?? parts.defaultOwner;
      if (account.role !== 'admin' && account.owner !== owner) throw noSuchApp();
      admitTo(res, String(req.params.app));
    }
    next();
  };

/** For what an app's pages may never do, whatever its rules: 403 on the app's host. Call it after `appOf`. */
export const requireOwner = (res: Response): void => {
  if (scopeOf(res).kind === 'app') {
    throw new ApiError('forbidden', 'Only the owner of this app may do this, in the dashboard.');
  }
};
