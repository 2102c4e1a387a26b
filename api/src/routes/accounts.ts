// Routes for admins, `/api/accounts/…`: accounts, invites and security events. Users get 403. The last admin can neither
// be disabled nor deleted nor made a user: somebody must be left who can undo things.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { InviteStore } from '../accounts/account-store.ts';
import type { EventStore, SecurityEventName } from '../accounts/security-events.ts';
import { isReservedHandle } from '../accounts/sign-in.ts';
import { hashToken, newToken } from '../auth/tokens.ts';
import { changeAccountSchema, createInviteSchema, securityEventsQuerySchema } from '../contract/account.ts';
import { ApiError } from '../errors.ts';
import { type Account, accountOf } from '../http/account.ts';
import { clientAddress } from '../http/client-address.ts';
import { parseQuery } from '../http/query.ts';
import { readBody } from '../http/read-body.ts';
import { readQuery } from '../http/read-query.ts';
import { allowOnly, sendJson } from '../http/send.ts';
import { type AccountParts, onlyPlatform, onlyWithAccounts } from './auth.ts';
import { sendNothing, uuidOf } from './auth-proofs.ts';

/** What the routes need. */
export interface ManageParts extends AccountParts {
  readonly invites: InviteStore;
  readonly events: EventStore;
  /** The address of the sign-up page with an invite. */
  readonly inviteUrl: (token: string) => string;
}

const adminOf = (res: Response): Account => {
  const account = accountOf(res);
  if (account.role !== 'admin') throw new ApiError('forbidden', 'Only admins may do this.');
  return account;
};

const noted = async (
  { note }: ManageParts,
  req: Request,
  of: {
    readonly event: SecurityEventName;
    readonly admin: Account;
    readonly accountId: string;
    readonly detail: Record<string, unknown>;
  },
): Promise<void> => {
  const { event, admin, accountId, detail } = of;
  await note({ event, accountId, actorId: admin.id, address: clientAddress(req), detail });
};

const checkOutcome = (outcome: 'ok' | 'missing' | 'last_admin'): void => {
  if (outcome === 'missing') throw new ApiError('not_found', 'There is no such account.');
  if (outcome === 'last_admin') {
    throw new ApiError('conflict', 'This is the last admin. Make another account an admin first.');
  }
};

const listAccounts = (parts: ManageParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  adminOf(res);
  sendJson(res, 200, { items: await parts.store.list() });
};

const changeAccount = (parts: ManageParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const admin = adminOf(res);
  const accountId = uuidOf(req);
  const change = await readBody(req, changeAccountSchema);
  checkOutcome(await parts.store.change(accountId, change));
  await noted(parts, req, { event: 'account_changed', admin, accountId, detail: change });
  const changed = (await parts.store.list()).find(({ id }) => id === accountId);
  if (changed === undefined) throw new ApiError('not_found', 'There is no such account.');
  sendJson(res, 200, changed);
};

const deleteAccount = (parts: ManageParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const admin = adminOf(res);
  const accountId = uuidOf(req);
  checkOutcome(await parts.store.change(accountId, { deleted: true }));
  await noted(parts, req, { event: 'account_deleted', admin, accountId, detail: {} });
  sendNothing(res);
};

const listInvites = (parts: ManageParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  adminOf(res);
  sendJson(res, 200, { items: await parts.invites.list() });
};

const addInvite = (parts: ManageParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const admin = adminOf(res);
  const asked = await readBody(req, createInviteSchema);
  if (asked.handle !== undefined && isReservedHandle(asked.handle)) {
    throw new ApiError('invalid_body', 'This handle is reserved. Choose another one.', { field: 'handle' });
  }
  const token = newToken();
  const invite = await parts.invites.add(asked, { tokenHash: hashToken(token), by: admin.id });
  if (invite === null) throw new ApiError('quota_exceeded', 'Too many invites are open. End some first.');
  const detail = { invite: invite.id, role: invite.role, handle: invite.handle };
  await noted(parts, req, { event: 'invite_made', admin, accountId: admin.id, detail });
  sendJson(res, 201, { ...invite, token, url: parts.inviteUrl(token) });
};

const endInvite = (parts: ManageParts) => async (req: Request, res: Response) => {
  parseQuery(req.url, []);
  const admin = adminOf(res);
  const id = uuidOf(req);
  if (!(await parts.invites.end(id))) throw new ApiError('not_found', 'There is no such invite.');
  await noted(parts, req, { event: 'invite_ended', admin, accountId: admin.id, detail: { invite: id } });
  sendNothing(res);
};

const listEvents = (parts: ManageParts) => async (req: Request, res: Response) => {
  const { before, limit } = readQuery(req.url, securityEventsQuerySchema);
  adminOf(res);
  sendJson(res, 200, { items: await parts.events.list({ before: before ?? null, limit }) });
};

/** Makes the router for admins; in mode `single` nothing is there. */
export const accountsRouter = (parts: ManageParts | null): Router => {
  const router = Router({ caseSensitive: true });
  const on = (make: (given: ManageParts) => RequestHandler): RequestHandler =>
    parts === null ? onlyWithAccounts : make(parts);
  router.use('/api/accounts', onlyPlatform);
  router.route('/api/accounts/').get(on(listAccounts)).all(allowOnly('GET', 'HEAD'));
  router
    .route('/api/accounts/invites/')
    .get(on(listInvites))
    .post(on(addInvite))
    .all(allowOnly('GET', 'HEAD', 'POST'));
  router.route('/api/accounts/invites/:id/').delete(on(endInvite)).all(allowOnly('DELETE'));
  router.route('/api/accounts/events/').get(on(listEvents)).all(allowOnly('GET', 'HEAD'));
  router
    .route('/api/accounts/:id/')
    .patch(on(changeAccount))
    .delete(on(deleteAccount))
    .all(allowOnly('PATCH', 'DELETE'));
  return router;
};
