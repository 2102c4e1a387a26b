// Routes of one's own account, `/api/auth/…`, on the platform's host. In mode `single` only `config` and `me` are there.
// A personal access token may read who it is, but changes neither password nor sessions nor tokens: a leaked token must
// not be able to outlive its revocation.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { AccountStore, ProofStore, StoredAccount } from '../accounts/account-store.ts';
import { type Proof, proofOf } from '../accounts/identify.ts';
import type { NoteEvent } from '../accounts/security-events.ts';
import type { Origin, SignIn } from '../accounts/sign-in.ts';
import type { TokenCookie } from '../auth/cookies.ts';
import { hashToken } from '../auth/tokens.ts';
import {
  type AccountLimits,
  type AuthConfig,
  changePasswordSchema,
  emptyBodySchema,
  logInSchema,
  type Me,
  signUpSchema,
} from '../contract/account.ts';
import { SESSION_MAX_DAYS } from '../contract/limits.ts';
import { ApiError } from '../errors.ts';
import { type Account, accountOf } from '../http/account.ts';
import { clientAddress } from '../http/client-address.ts';
import { parseQuery } from '../http/query.ts';
import type { Limiter } from '../http/rate-limit.ts';
import { readBody } from '../http/read-body.ts';
import { scopeOf } from '../http/scope.ts';
import { allowOnly, sendJson } from '../http/send.ts';

/** What routes need in mode `accounts`. */
export interface AccountParts {
  readonly store: AccountStore;
  readonly proofs: ProofStore;
  readonly signIn: SignIn;
  readonly note: NoteEvent;
  readonly cookie: TokenCookie;
  /** Log-ins of one address. */
  readonly logIns: Limiter;
  /** Sign-ups of one address. */
  readonly signUps: Limiter;
}

/** What the routes need; `accounts` is null in mode `single`. */
export interface AuthRoutes {
  readonly config: () => Promise<AuthConfig>;
  readonly limitsOf: (account: StoredAccount) => AccountLimits;
  readonly accounts: AccountParts | null;
}

const DAY_SECONDS = 86_400;

/** Where a request comes from, as sessions and events keep it. */
export const originOf = (req: Request): Origin => ({
  address: clientAddress(req),
  userAgent: (req.headers['user-agent'] ?? '').slice(0, 200),
});

/** The session that asks; 401 without an account, 403 with a personal access token. */
export const sessionOf = (res: Response): Proof => {
  accountOf(res);
  const proof = proofOf(res);
  if (proof?.kind !== 'session') {
    throw new ApiError('forbidden', 'A personal access token may not do this. Sign in with a browser.');
  }
  return proof;
};

/** Only on the platform's host; the second lock on a door that the scope guard keeps. */
export const onlyPlatform: RequestHandler = (_req, res, next) => {
  if (scopeOf(res).kind !== 'platform') throw new ApiError('not_found', 'There is nothing at this address.');
  next();
};

/** Refuses what makes no sense without accounts. */
export const onlyWithAccounts: RequestHandler = () => {
  throw new ApiError('not_found', 'This installation has no accounts (auth.mode is single).');
};

const take = (limiter: Limiter, req: Request): void => {
  const wait = limiter(clientAddress(req));
  if (wait > 0) {
    throw new ApiError('rate_limited', 'Too many requests from your address. Try again in a moment.', {
      retryAfter: Math.max(1, wait),
    });
  }
};

const viewOf = ({ id, handle, name, role }: StoredAccount): Me['account'] => ({ id, handle, name, role });

const localAccount = ({ id, owner, role }: Account): StoredAccount => ({
  ...{ id, handle: owner, name: null, role },
  ...{ appsLimit: null, tokensPerDay: null },
});

/** Ends the session that the browser had and opens another. */
export const openSession = async (
  { cookie, proofs, signIn }: AccountParts,
  { req, res, accountId }: { readonly req: Request; readonly res: Response; readonly accountId: string },
): Promise<void> => {
  const before = cookie.read(req.headers);
  const token = await signIn.openSession(accountId, originOf(req));
  if (before !== null) await proofs.endSession(hashToken(before));
  cookie.write(res, token, SESSION_MAX_DAYS * DAY_SECONDS);
};

/** Opens a session and answers with the account. */
const startSession = async (
  { limitsOf }: AuthRoutes,
  parts: AccountParts,
  { req, res, accountId, status }: { req: Request; res: Response; accountId: string; status: number },
): Promise<void> => {
  const account = await parts.store.find(accountId);
  if (account === null) throw new ApiError('unauthorized', 'The account is disabled.');
  await openSession(parts, { req, res, accountId });
  sendJson(res, status, { mode: 'accounts', account: viewOf(account), limits: limitsOf(account) });
};

const signUpRoute = (deps: AuthRoutes, parts: AccountParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  take(parts.signUps, req);
  const asked = await readBody(req, signUpSchema);
  const accountId = await parts.signIn.signUp(asked, originOf(req));
  await startSession(deps, parts, { req, res, accountId, status: 201 });
};

const logInRoute = (deps: AuthRoutes, parts: AccountParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  take(parts.logIns, req);
  const asked = await readBody(req, logInSchema);
  const accountId = await parts.signIn.logIn(asked, originOf(req));
  await startSession(deps, parts, { req, res, accountId, status: 200 });
};

const passwordRoute = (deps: AuthRoutes, parts: AccountParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const { account } = sessionOf(res);
  const { currentPassword, newPassword } = await readBody(req, changePasswordSchema);
  const change = { account, current: currentPassword, next: newPassword };
  await parts.signIn.changePassword(change, originOf(req));
  await startSession(deps, parts, { req, res, accountId: account.id, status: 200 });
};

const logOutRoute =
  ({ cookie, proofs, note }: AccountParts) =>
  async (req: Request, res: Response) => {
    parseQuery(req.url, []);
    await readBody(req, emptyBodySchema);
    const value = cookie.read(req.headers);
    if (value !== null) await proofs.endSession(hashToken(value));
    const proof = proofOf(res);
    if (proof?.kind === 'session') {
      const { id } = proof.account;
      const { address } = originOf(req);
      await note({ event: 'signed_out', accountId: id, actorId: id, address, detail: {} });
    }
    cookie.clear(res);
    res.statusCode = 204;
    res.end();
  };

const meRoute = (deps: AuthRoutes) => (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const stored = proofOf(res)?.account ?? localAccount(accountOf(res));
  const mode = deps.accounts === null ? 'single' : 'accounts';
  sendJson(res, 200, { mode, account: viewOf(stored), limits: deps.limitsOf(stored) });
};

/** Makes the router of config, me, sign-up, log-in, log-out and password. */
export const authRouter = (deps: AuthRoutes): Router => {
  const router = Router({ caseSensitive: true });
  const { accounts } = deps;
  const post = (path: string, make: (parts: AccountParts) => RequestHandler): void => {
    router
      .route(path)
      .post(accounts === null ? onlyWithAccounts : make(accounts))
      .all(allowOnly('POST'));
  };
  router.use('/api/auth', onlyPlatform);
  router
    .route('/api/auth/config/')
    .get(async (req, res) => {
      parseQuery(req.url, []);
      sendJson(res, 200, await deps.config());
    })
    .all(allowOnly('GET', 'HEAD'));
  router.route('/api/auth/me/').get(meRoute(deps)).all(allowOnly('GET', 'HEAD'));
  post('/api/auth/signup/', (parts) => signUpRoute(deps, parts));
  post('/api/auth/login/', (parts) => logInRoute(deps, parts));
  post('/api/auth/logout/', logOutRoute);
  post('/api/auth/password/', (parts) => passwordRoute(deps, parts));
  return router;
};
