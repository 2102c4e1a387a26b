// Sign-up, log-in and passwords of an app's users, without HTTP. What an answer says and how long it takes must not tell
// whether an e-mail has an account, but for sign-up, which cannot hide it.

import type { Passwords } from '../auth/passwords.ts';
import type { Throttle } from '../auth/throttle.ts';
import { hashToken, newToken } from '../auth/tokens.ts';
import type { AppUser } from '../contract/app-user.ts';
import { ApiError } from '../errors.ts';
import type { AppUserStore } from './app-user-store.ts';

/** What app users are made of. */
export interface AppUserParts {
  readonly store: AppUserStore;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  /** Called after sessions of an app ended, so that what is open for them is closed. */
  readonly ended: (appId: string) => void;
  /** Called after a sign-up: documents of an app may have another author. */
  readonly claimed: (appId: string) => void;
}

/** Where somebody signs in, and from which address. */
export interface Door {
  readonly appId: string;
  readonly address: string;
}

/** A signed-in user and the token of the new session, which is shown this once. */
export interface Entered {
  readonly user: AppUser;
  readonly token: string;
}

/** The operations on an app's users. */
export interface AppUsers {
  signup(
    door: Door,
    asked: { email: string; password: string; name?: string | undefined },
    visitor: string | null,
  ): Promise<Entered>;
  login(door: Door, asked: { email: string; password: string }): Promise<Entered>;
  logout(appId: string, token: Buffer): Promise<void>;
  changePassword(
    door: Door,
    session: { user: AppUser; token: Buffer },
    asked: { currentPassword: string; newPassword: string },
  ): Promise<void>;
  readonly list: AppUserStore['list'];
  remove(appId: string, userId: string): Promise<boolean>;
}

const wrong = (what: string): ApiError => new ApiError('wrong_credentials', what);
const WRONG_LOGIN = 'This e-mail address and password do not fit together.';

const tried = async ({ throttle }: AppUserParts, { appId, address }: Door, email: string) => {
  const attempt = {
    account: `app:${appId}:${email.normalize('NFC').toLowerCase()}`,
    address: `app:${appId}:${address}`,
  };
  const granted = await throttle.attempt(attempt);
  if (granted.wait > 0) {
    throw new ApiError('rate_limited', 'Too many attempts. Try again in a moment.', {
      retryAfter: Math.max(1, granted.wait),
    });
  }
  return granted;
};

const signup = async (
  parts: AppUserParts,
  appId: string,
  asked: { email: string; password: string; name: string | null; visitor: string | null },
): Promise<Entered> => {
  const { email, name, visitor } = asked;
  const token = newToken();
  const password = await parts.passwords.hash(asked.password);
  const made = await parts.store.create(appId, { email, name, password, token: hashToken(token), visitor });
  if (made === 'taken') {
    throw new ApiError('email_taken', 'There is an account with this e-mail address. Log in instead.', {
      field: 'email',
    });
  }
  if (made === 'full')
    throw new ApiError('quota_exceeded', 'This app has as many users as it may have.', { field: 'users' });
  if (visitor !== null) parts.claimed(appId);
  return { user: { id: made.id, email, ...(name === null ? {} : { name }) }, token };
};

/** The user whose e-mail and password these are; costs one hash whether there is such a user or not. */
const check = async (
  parts: AppUserParts,
  door: Door,
  { email, password }: { email: string; password: string },
) => {
  const attempt = await tried(parts, door, email);
  const found = await parts.store.find(door.appId, email);
  const fits = await parts.passwords.verify(password, found?.password ?? null);
  if (!fits || found === null) return null;
  await attempt.succeeded();
  return found;
};

const login = async (
  parts: AppUserParts,
  door: Door,
  asked: { email: string; password: string },
): Promise<Entered> => {
  const found = await check(parts, door, asked);
  if (found === null) throw wrong(WRONG_LOGIN);
  const token = newToken();
  const session = { userId: found.user.id, password: found.password, token: hashToken(token) };
  // False when the user or the password changed while the hash was computed.
  if (!(await parts.store.startSession(door.appId, session))) throw wrong(WRONG_LOGIN);
  return { user: found.user, token };
};

/** Makes the operations. */
export const makeAppUsers = (parts: AppUserParts): AppUsers => {
  const { store, passwords, ended } = parts;
  return {
    signup: async ({ appId }, { email, password, name = undefined }, visitor) =>
      signup(parts, appId, { email, password, name: name ?? null, visitor }),
    login: (door, asked) => login(parts, door, asked),
    logout: async (appId, token) => {
      await store.endSession(appId, token);
      ended(appId);
    },
    changePassword: async (door, { user, token }, { currentPassword, newPassword }) => {
      const found = await check(parts, door, { email: user.email, password: currentPassword });
      if (found === null) throw wrong('The current password is not right.');
      const next = await passwords.hash(newPassword);
      const change = { userId: user.id, old: found.password, next, keep: token };
      if (!(await store.changePassword(door.appId, change)))
        throw wrong('The current password is not right.');
      ended(door.appId);
    },
    list: store.list,
    remove: async (appId, userId) => {
      const removed = await store.delete(appId, userId);
      if (removed) ended(appId);
      return removed;
    },
  };
};
