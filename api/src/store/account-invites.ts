// Invites and security events on Postgres. An invite's row is deleted by the sign-up that uses it; events are only added.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { InviteStore } from '../accounts/account-store.ts';
import type { EventStore } from '../accounts/security-events.ts';
import { MAX_OPEN_INVITES } from '../contract/limits.ts';
import { runQuery } from './run-query.ts';

const isoTime = z.date().transform((time) => time.toISOString());
const inviteRow = z.object({
  id: z.string(),
  role: z.enum(['user', 'admin']),
  handle: z.string().nullable(),
  createdAt: isoTime,
  expiresAt: isoTime,
});
const eventRows = z.array(
  z.object({
    id: z.string(),
    at: isoTime,
    event: z.string(),
    accountId: z.string().nullable(),
    actorId: z.string().nullable(),
    address: z.string(),
    detail: z.record(z.string(), z.unknown()),
  }),
);

const COLUMNS = 'id, role, handle, created_at as "createdAt", expires_at as "expiresAt"';
const ADD = {
  name: 'invite-add',
  text: `with gone as (delete from faibric_accounts.invites where expires_at <= now())
    insert into faibric_accounts.invites (token_hash, role, handle, created_by, expires_at)
    select $1, $2, $3, $4, now() + make_interval(days => $5)
    where (select count(*) from faibric_accounts.invites where expires_at > now()) < ${MAX_OPEN_INVITES}
    returning ${COLUMNS}`,
};
const LIST = {
  name: 'invite-list',
  text: `select ${COLUMNS} from faibric_accounts.invites where expires_at > now() order by created_at desc, id`,
};
const END = { name: 'invite-end', text: 'delete from faibric_accounts.invites where id = $1' };
const ADD_EVENT = {
  name: 'event-add',
  text: `insert into faibric_accounts.events (event, account_id, actor_id, address, detail)
    values ($1, $2, $3, $4, $5)`,
};
const LIST_EVENTS = {
  name: 'event-list',
  text: `select id::text, at, event, account_id as "accountId", actor_id as "actorId", address, detail
    from faibric_accounts.events where $1::bigint is null or id < $1 order by id desc limit $2`,
};

/** Makes the store of invites. */
export const makeInviteStore = (pool: Pool): InviteStore => ({
  add: async ({ role, handle, expiresInDays }, { tokenHash, by }) => {
    const values = [tokenHash, role, handle ?? null, by, expiresInDays];
    const { rows } = await runQuery(pool, { ...ADD, values });
    return rows.length === 0 ? null : inviteRow.parse(rows[0]);
  },
  list: async () => z.array(inviteRow).parse((await runQuery(pool, LIST)).rows),
  end: async (id) => (await runQuery(pool, { ...END, values: [id] })).rowCount === 1,
});

/** Makes the store of security events. */
export const makeEventStore = (pool: Pool): EventStore => ({
  add: async ({ event, accountId, actorId, address, detail }) => {
    await runQuery(pool, {
      ...ADD_EVENT,
      values: [event, accountId, actorId, address, JSON.stringify(detail)],
    });
  },
  list: async ({ before, limit }) =>
    eventRows.parse((await runQuery(pool, { ...LIST_EVENTS, values: [before, limit] })).rows),
});
