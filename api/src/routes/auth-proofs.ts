// Routes of one's own sessions and personal access tokens. The secret of a token is in the answer of its making and
// nowhere else, ever. An id of somebody else's is answered like one that is not there.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { TOKEN_PREFIX } from '../accounts/identify.ts';
import type { SecurityEventName } from '../accounts/security-events.ts';
import { hashToken, newToken } from '../auth/tokens.ts';
import { createTokenSchema } from '../contract/account.ts';
import { ApiError } from '../errors.ts';
import { clientAddress } from '../http/client-address.ts';
import { parseQuery } from '../http/query.ts';
import { readBody } from '../http/read-body.ts';
import { allowOnly, sendJson } from '../http/send.ts';
import { type AccountParts, onlyWithAccounts, sessionOf } from './auth.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The UUID of a path; 400 when it is none. */
export const uuidOf = (req: Request): string => {
  const { id } = req.params;
  if (typeof id !== 'string' || !UUID.test(id)) throw new ApiError('invalid_id', 'This id is not a UUID.');
  return id;
};

/** Answers 204. */
export const sendNothing = (res: Response): void => {
  res.statusCode = 204;
  res.end();
};

const noSuch = (what: string): ApiError => new ApiError('not_found', `There is no such ${what}.`);

const noted = async (
  { note }: AccountParts,
  { req, accountId }: { readonly req: Request; readonly accountId: string },
  event: { readonly event: SecurityEventName; readonly detail: Record<string, unknown> },
): Promise<void> => note({ ...event, accountId, actorId: accountId, address: clientAddress(req) });

const listSessions = (parts: AccountParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const { account, id } = sessionOf(res);
  const sessions = await parts.proofs.listSessions(account.id);
  sendJson(res, 200, { items: sessions.map((session) => ({ ...session, current: session.id === id })) });
};

const endOthers = (parts: AccountParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const { account, id } = sessionOf(res);
  const count = await parts.proofs.endSessions(account.id, { allBut: id });
  await noted(parts, { req, accountId: account.id }, { event: 'session_ended', detail: { count } });
  sendNothing(res);
};

const endSession = (parts: AccountParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const { account } = sessionOf(res);
  if ((await parts.proofs.endSessions(account.id, { id: uuidOf(req) })) === 0) throw noSuch('session');
  await noted(parts, { req, accountId: account.id }, { event: 'session_ended', detail: { count: 1 } });
  sendNothing(res);
};

const listTokens = (parts: AccountParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  sendJson(res, 200, { items: await parts.proofs.listTokens(sessionOf(res).account.id) });
};

const addToken = (parts: AccountParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const { account } = sessionOf(res);
  const { name, expiresInDays } = await readBody(req, createTokenSchema);
  const token = newToken(TOKEN_PREFIX);
  const made = { tokenHash: hashToken(token), name, days: expiresInDays };
  const stored = await parts.proofs.addToken(account.id, made);
  if (stored === null) {
    throw new ApiError('quota_exceeded', 'You have as many tokens as you may have. Revoke one first.');
  }
  const detail = { token: stored.id, expiresAt: stored.expiresAt };
  await noted(parts, { req, accountId: account.id }, { event: 'token_made', detail });
  sendJson(res, 201, { ...stored, token });
};

const endToken = (parts: AccountParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const { account } = sessionOf(res);
  const id = uuidOf(req);
  if (!(await parts.proofs.endToken(account.id, id))) throw noSuch('token');
  await noted(parts, { req, accountId: account.id }, { event: 'token_ended', detail: { token: id } });
  sendNothing(res);
};

/** Makes the router of sessions and tokens; in mode `single` they are not there. */
export const authProofsRouter = (accounts: AccountParts | null): Router => {
  const router = Router({ caseSensitive: true });
  const on = (make: (parts: AccountParts) => RequestHandler): RequestHandler =>
    accounts === null ? onlyWithAccounts : make(accounts);
  router
    .route('/api/auth/sessions/')
    .get(on(listSessions))
    .delete(on(endOthers))
    .all(allowOnly('GET', 'HEAD', 'DELETE'));
  router.route('/api/auth/sessions/:id/').delete(on(endSession)).all(allowOnly('DELETE'));
  router
    .route('/api/auth/tokens/')
    .get(on(listTokens))
    .post(on(addToken))
    .all(allowOnly('GET', 'HEAD', 'POST'));
  router.route('/api/auth/tokens/:id/').delete(on(endToken)).all(allowOnly('DELETE'));
  return router;
};
