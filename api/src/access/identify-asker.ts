// Who asks on an app's own host: a signed-in user of that app, else the visitor whose cookie we signed, else a new visitor.
// A session that is over is an error and not a visitor: an app would show somebody an empty list as if all were lost.
import type { Request, Response } from 'express';
import type { AppUserStore } from '../app-users/app-user-store.ts';
import type { TokenCookie } from '../auth/cookies.ts';
import { hashToken, isToken } from '../auth/tokens.ts';
import type { AppUser } from '../contract/app-user.ts';
import { VISITOR_DAYS } from '../contract/limits.ts';
import { ApiError } from '../errors.ts';
import type { IdentifyAsker } from './authorize.ts';
import type { Visitors } from './visitors.ts';

/** The cookies of app hosts. */
export interface AskerCookies {
  readonly visitor: TokenCookie;
  readonly user: TokenCookie;
}

/** What identifying needs. */
export interface IdentifyParts {
  readonly cookies: AskerCookies;
  readonly visitors: Visitors;
  readonly users: Pick<AppUserStore, 'sessionUser'>;
}

/** A signed-in user and the session's token, hashed. */
export interface Session {
  readonly user: AppUser;
  readonly token: Buffer;
}

const VISITOR_SECONDS = VISITOR_DAYS * 86_400;

/** A request at an app's host. */
export interface Asking {
  readonly req: Request;
  readonly res: Response;
  readonly appId: string;
}

type SessionParts = Pick<IdentifyParts, 'cookies' | 'users'>;
type VisitorParts = Pick<IdentifyParts, 'cookies' | 'visitors'>;

/** The session that a request proves; null without a cookie, 401 with one that is no (longer a) session here. */
export const sessionOf = async (
  { cookies, users }: SessionParts,
  { req, res, appId }: Asking,
): Promise<Session | null> => {
  // Of two cookies nobody knows which is ours, and the jar gives null; an empty one is none.
  const value = cookies.user.read(req.headers);
  if (value === null) return null;
  const token = isToken(value) ? hashToken(value) : null;
  const user = token === null ? null : await users.sessionUser(appId, token);
  if (user !== null && token !== null) return { user, token };
  if (!res.headersSent) cookies.user.clear(res);
  throw new ApiError('session_ended', 'This session is over. Sign in again.');
};

const known = new WeakMap<Response, string>();

/** The visitor of a request: the cookie's, or a new one, whose cookie goes out with the answer. */
export const visitorOf = ({ cookies, visitors }: VisitorParts, { req, res, appId }: Asking): string => {
  const value = cookies.visitor.read(req.headers);
  const author = visitors.authorOf(appId, value);
  if (value !== null && author !== null) {
    // A write starts the cookie's time anew, so that who keeps using an app stays its visitor.
    const renews = !res.headersSent && req.method !== 'GET' && req.method !== 'HEAD';
    if (renews) cookies.visitor.write(res, value, VISITOR_SECONDS);
    return author;
  }
  const before = known.get(res);
  if (before !== undefined) return before;
  const fresh = visitors.newVisitor(appId);
  cookies.visitor.write(res, fresh.value, VISITOR_SECONDS);
  known.set(res, fresh.author);
  return fresh.author;
};

// An author that nobody is: no id is empty.
const NOBODY = 'v:';

/** Who asks. A browser becomes a visitor only where that makes a difference: reading what all may read sets no cookie. */
export const makeIdentifyAsker =
  (parts: IdentifyParts): IdentifyAsker =>
  async (req, res, { appId, needed }) => {
    const session = await sessionOf(parts, { req, res, appId });
    if (session !== null) return { kind: 'page', author: `u:${session.user.id}`, signedIn: true };
    const author = needed ? visitorOf(parts, { req, res, appId }) : NOBODY;
    return { kind: 'page', author, signedIn: false };
  };
