// Who a request is for. Traefik adds the shared secret to everything that came through a route of ours, and
// the app id to what came through an app's host; a client's own copies of these headers are replaced there.
// Without the secret nothing is believed; with an app id only that app's API is reachable.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler, Response } from 'express';
import { ApiError, noSuchApp } from '../errors.ts';

/** For an app's page (its id), or for the platform's own pages and tools. */
export type Scope = { readonly kind: 'app'; readonly appId: string } | { readonly kind: 'platform' };

const APP_ID = /^[a-z0-9]{2,20}$/;
const APP_PATHS = /^\/api\/(v1\/db|gateway|app-auth)(\/|$)/;
// The Database API and the gateway are for both: on the platform's host they serve an app's owner.
const APP_ONLY_PATHS = /^\/api\/app-auth(\/|$)/;
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const single = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');

/** The scope that the headers prove; throws 401 without the secret. */
export const scopeOfHeaders = (headers: IncomingHttpHeaders, secret: Buffer): Scope => {
  if (!timingSafeEqual(digest(single(headers['x-faibric-proxy'])), secret)) {
    throw new ApiError('unauthorized', 'This address is only served through the ingress.');
  }
  const appId = single(headers['x-faibric-app']);
  if (appId === '') return { kind: 'platform' };
  if (!APP_ID.test(appId)) throw noSuchApp();
  return { kind: 'app', appId };
};

const scopes = new WeakMap<Response, Scope>();

/** Refuses what did not come through the ingress, and what an app's host has no business with. */
export const guardScope = (proxySecret: string): RequestHandler => {
  const secret = digest(proxySecret);
  return (req, res, next) => {
    const scope = scopeOfHeaders(req.headers, secret);
    if (scope.kind === 'app' && !APP_PATHS.test(req.path)) {
      throw new ApiError('not_found', 'There is nothing at this address.');
    }
    if (scope.kind === 'platform' && APP_ONLY_PATHS.test(req.path)) throw noSuchApp();
    scopes.set(res, scope);
    next();
  };
};

/** The scope that the guard found. */
export const scopeOf = (res: Response): Scope => {
  const scope = scopes.get(res);
  if (scope === undefined) throw new Error('a route was reached without passing the scope guard');
  return scope;
};

const admitted = new WeakMap<Response, string>();

/** Notes that the platform's account may work on this app's data. */
export const admitTo = (res: Response, appId: string): void => {
  admitted.set(res, appId);
};

/** The app that a request is for: the routed host's, or on the platform's host one of the account's own. */
export const appOf = (res: Response, pathAppId: unknown): string => {
  const scope = scopeOf(res);
  const appId = scope.kind === 'app' ? scope.appId : admitted.get(res);
  if (appId === undefined || appId !== pathAppId) throw noSuchApp();
  return appId;
};
