// Routes of an app's users, on the app's own host: the routed app is whose users they are, and nothing in a request can
// name another. Tokens travel in the cookie alone, never in a body.
import { type Request, type Response, Router } from 'express';
import type { AppIndex } from '../access/app-index.ts';
import { knownApp } from '../access/authorize.ts';
import { type Asking, type IdentifyParts, sessionOf } from '../access/identify-asker.ts';
import type { AppUsers, Door, Entered } from '../app-users/app-users.ts';
import { hashToken, isToken } from '../auth/tokens.ts';
import { appLoginSchema, appPasswordSchema, appSignupSchema } from '../contract/app-user.ts';
import { SESSION_MAX_DAYS } from '../contract/limits.ts';
import { ApiError, noSuchApp } from '../errors.ts';
import { clientAddress } from '../http/client-address.ts';
import { parseQuery } from '../http/query.ts';
import type { Limiter } from '../http/rate-limit.ts';
import { readBody } from '../http/read-body.ts';
import { scopeOf } from '../http/scope.ts';
import { allowOnly, sendJson } from '../http/send.ts';
import { take } from './document-request.ts';

/** What the routes need. */
export interface AppUserRoutes {
  readonly users: AppUsers;
  readonly apps: AppIndex;
  readonly askers: IdentifyParts;
  /** Sign-ups, log-ins and password changes, per app and address. */
  readonly logins: Limiter;
  /** All else, per app. */
  readonly reads: Limiter;
}

const SESSION_SECONDS = SESSION_MAX_DAYS * 86_400;

const askingOf = ({ apps }: AppUserRoutes, req: Request, res: Response): Asking => {
  const scope = scopeOf(res);
  if (scope.kind !== 'app') throw noSuchApp();
  knownApp(apps, scope.appId);
  parseQuery(req.url, []);
  return { req, res, appId: scope.appId };
};

/** The door of a request that costs a password hash, once there is room for one. */
const doorOf = ({ logins }: AppUserRoutes, { req, appId }: Asking): Door => {
  const address = clientAddress(req);
  const wait = logins(`${appId} ${address}`);
  if (wait > 0) {
    throw new ApiError('rate_limited', 'Too many attempts. Try again in a moment.', {
      retryAfter: Math.max(1, wait),
    });
  }
  return { appId, address };
};

const tokenOf = ({ askers }: AppUserRoutes, req: Request): Buffer | null => {
  const value = askers.cookies.user.read(req.headers);
  return value !== null && isToken(value) ? hashToken(value) : null;
};

/** Signs a browser in; the session that it had before ends. */
const enter = async (deps: AppUserRoutes, { req, res, appId }: Asking, { user, token }: Entered) => {
  const old = tokenOf(deps, req);
  if (old !== null) await deps.users.logout(appId, old);
  deps.askers.cookies.user.write(res, token, SESSION_SECONDS);
  return { user };
};

type Handler = (deps: AppUserRoutes) => (req: Request, res: Response) => Promise<void>;

const signup: Handler = (deps) => async (req, res) => {
  const asking = askingOf(deps, req, res);
  const door = doorOf(deps, asking);
  const asked = await readBody(req, appSignupSchema);
  const { cookies, visitors } = deps.askers;
  // A user of this app who makes a second account takes nothing along: what was written then belongs to the first.
  const visitor = visitors.authorOf(door.appId, cookies.visitor.read(req.headers));
  const entered = await deps.users.signup(door, asked, visitor);
  sendJson(res, 201, await enter(deps, asking, entered));
};

const login: Handler = (deps) => async (req, res) => {
  const asking = askingOf(deps, req, res);
  const door = doorOf(deps, asking);
  const entered = await deps.users.login(door, await readBody(req, appLoginSchema));
  sendJson(res, 200, await enter(deps, asking, entered));
};

const logout: Handler = (deps) => async (req, res) => {
  const { appId } = askingOf(deps, req, res);
  take(deps.reads, appId);
  const token = tokenOf(deps, req);
  if (token !== null) await deps.users.logout(appId, token);
  deps.askers.cookies.user.clear(res);
  res.statusCode = 204;
  res.end();
};

const me: Handler = (deps) => async (req, res) => {
  const asking = askingOf(deps, req, res);
  take(deps.reads, asking.appId);
  const session = await sessionOf(deps.askers, asking);
  sendJson(res, 200, { user: session?.user ?? null });
};

const password: Handler = (deps) => async (req, res) => {
  const asking = askingOf(deps, req, res);
  const session = await sessionOf(deps.askers, asking);
  if (session === null) throw new ApiError('sign_in_required', 'Sign in to change your password.');
  const door = doorOf(deps, asking);
  await deps.users.changePassword(door, session, await readBody(req, appPasswordSchema));
  sendJson(res, 200, { user: session.user });
};

/** Makes the router of `/api/app-auth/…`. */
export const appUsersRouter = (deps: AppUserRoutes): Router => {
  const router = Router({ caseSensitive: true });
  const only = allowOnly('POST');
  router.route('/api/app-auth/signup/').post(signup(deps)).all(only);
  router.route('/api/app-auth/login/').post(login(deps)).all(only);
  router.route('/api/app-auth/logout/').post(logout(deps)).all(only);
  router.route('/api/app-auth/password/').post(password(deps)).all(only);
  router.route('/api/app-auth/me/').get(me(deps)).all(allowOnly('GET', 'HEAD'));
  return router;
};
