// The two ends of a sign-in with an OpenID provider: off to it, and back. Both are navigations of a browser, so what went
// wrong is told by going to the sign-in page with a code, unless whoever asks wants no page.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Oidc } from '../accounts/oidc.ts';
import type { TokenCookie } from '../auth/cookies.ts';
import { ApiError } from '../errors.ts';
import { clientAddress } from '../http/client-address.ts';
import { parseQuery } from '../http/query.ts';
import { allowOnly } from '../http/send.ts';
import { type AccountParts, type AuthRoutes, openSession, originOf } from './auth.ts';

/** What the routes need; null where no provider is configured. */
export interface OidcRoutes {
  readonly oidc: Oidc;
  /** Ties the callback to the browser that began. */
  readonly cookie: TokenCookie;
}

const FLOW_SECONDS = 600;

const go = (res: Response, url: string): void => {
  res.statusCode = 303;
  res.setHeader('Location', url);
  res.end();
};

const wantsPage = (req: Request): boolean => /\btext\/html\b/.test(req.headers.accept ?? '');

/** Tells a browser on the sign-in page what went wrong, and everybody else as a problem document. */
const orTell =
  (work: (req: Request, res: Response) => Promise<void>): RequestHandler =>
  async (req, res) => {
    try {
      await work(req, res);
    } catch (error) {
      if (!(error instanceof ApiError) || !wantsPage(req)) throw error;
      go(res, `/#sign-in-error=${error.code}`);
    }
  };

const start = ({ oidc, cookie }: OidcRoutes, { logIns }: AccountParts): RequestHandler =>
  orTell(async (req, res) => {
    parseQuery(req.url, []);
    const wait = logIns(clientAddress(req));
    if (wait > 0)
      throw new ApiError('rate_limited', 'Too many sign-ins from your address.', { retryAfter: 1 });
    const { url, token } = await oidc.begin();
    cookie.write(res, token, FLOW_SECONDS);
    go(res, url);
  });

const finish = ({ oidc, cookie }: OidcRoutes, accounts: AccountParts): RequestHandler =>
  orTell(async (req, res) => {
    const token = cookie.read(req.headers);
    cookie.clear(res);
    const at = req.url.indexOf('?');
    const search = at < 0 ? '' : req.url.slice(at);
    const accountId = await oidc.finish({ token, search }, originOf(req));
    await openSession(accounts, { req, res, accountId });
    go(res, '/');
  });

const notThere: RequestHandler = () => {
  throw new ApiError('not_found', 'No sign-in provider is configured here.');
};

/** Makes the router of `/api/auth/oidc/…`. */
export const oidcRouter = ({ accounts }: AuthRoutes, oidc: OidcRoutes | null): Router => {
  const router = Router({ caseSensitive: true });
  const on = (make: (routes: OidcRoutes, parts: AccountParts) => RequestHandler): RequestHandler =>
    accounts === null || oidc === null ? notThere : make(oidc, accounts);
  // Not for HEAD: a look must neither begin nor end anything.
  router.route('/api/auth/oidc/start/').head(allowOnly('GET')).get(on(start)).all(allowOnly('GET'));
  router.route('/api/auth/oidc/callback/').head(allowOnly('GET')).get(on(finish)).all(allowOnly('GET'));
  return router;
};
