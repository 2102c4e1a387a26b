// Who asks on the platform's own host: a signed-in account, or in single mode the one local user. The routes of
// projects, of an app's data and of accounts take it from here; they never look at a cookie or a token themselves.
import type { Request, RequestHandler, Response } from 'express';
import type { AccountLimits } from '../contract/account.ts';
import { ApiError } from '../errors.ts';

/** An account. `owner` is the DNS label that its apps carry in `spec.owner`; admins may touch all apps. */
export interface Account {
  readonly id: string;
  readonly owner: string;
  readonly role: 'user' | 'admin';
  /** What it may use; absent where nothing is limited (mode `single`). */
  readonly limits?: AccountLimits;
}

/** Finds the account that a request proves; null when it proves none. Throws an ApiError for a proof that is false. */
export type IdentifyAccount = (req: Request, res: Response) => Promise<Account | null>;

const accounts = new WeakMap<Response, Account>();

/** Looks up who asks, once per request, for routes behind it. */
export const identifyAccount =
  (identify: IdentifyAccount): RequestHandler =>
  async (req, res, next) => {
    const account = await identify(req, res);
    if (account !== null) accounts.set(res, account);
    next();
  };

/** The account of a request, or null. */
export const maybeAccountOf = (res: Response): Account | null => accounts.get(res) ?? null;

/** The account of a request; 401 without one. */
export const accountOf = (res: Response): Account => {
  const account = accounts.get(res);
  if (account === undefined) throw new ApiError('unauthorized', 'Sign in first.');
  return account;
};
