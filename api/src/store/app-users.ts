// App users on Postgres, one statement per operation. An e-mail is compared in lower case and NFC, so that nobody makes a
// second account by typing it differently; it is kept as it was typed.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { AppUserStore } from '../app-users/app-user-store.ts';
import type { AppUser } from '../contract/app-user.ts';
import { MAX_APP_SESSIONS_PER_USER, MAX_APP_USERS } from '../contract/limits.ts';
import { runQuery } from './run-query.ts';

const userRow = z.object({ id: z.string(), email: z.string(), name: z.string().nullable() });
const storedRow = userRow.extend({ password: z.string() });
const createRow = z.object({ outcome: z.enum(['ok', 'taken', 'full']), id: z.string().nullable() });
const doneRow = z.object({ done: z.boolean() });
const listRow = userRow.extend({
  created_at: z.date(),
  last_seen_at: z.date().nullable(),
  documents: z.string(),
});
const totalRow = z.object({ total: z.string(), id: z.string().nullable() });

const toUser = ({ id, email, name }: z.infer<typeof userRow>): AppUser => ({
  id,
  email,
  ...(name === null ? {} : { name }),
});

const emailKey = (email: string): string => email.normalize('NFC').toLowerCase();

const CREATE = {
  name: 'app-user-create',
  text: 'select * from faibric.create_app_user($1, $2, $3, $4, $5, $6, $7, $8)',
};
const FIND = { name: 'app-user-find', text: 'select * from faibric.find_app_user($1, $2)' };
const SESSION = { name: 'app-session', text: 'select * from faibric.app_session_user($1, $2)' };
const START = {
  name: 'app-session-start',
  text: 'select faibric.start_app_session($1, $2, $3, $4, $5) as done',
};
const END = { name: 'app-session-end', text: 'select faibric.end_app_session($1, $2)' };
const CHANGE = {
  name: 'app-password',
  text: 'select faibric.change_app_password($1, $2, $3, $4, $5) as done',
};
const DELETE = { name: 'app-user-delete', text: 'select faibric.delete_app_user($1, $2) as done' };
// The app is set by `c`, which Postgres must evaluate before the laterals touch a table (see list-statement.ts).
const LIST = {
  name: 'app-user-list',
  text: `select t.total, p.* from (select set_config('faibric.app', $1, true) as app) c
    cross join lateral (select count(*) as total from faibric.app_users u where u.app_id = c.app) t
    left join lateral (
      with page as (
        select u.* from faibric.app_users u where u.app_id = c.app
        order by u.created_at desc, u.id desc limit $2 offset $3),
      written as (
        select d.author, count(*) as documents from faibric.documents d
        where d.app_id = c.app and d.author in (select 'u:' || page.id from page) group by d.author)
      select page.id, page.email, page.name, page.created_at, coalesce(written.documents, 0) as documents,
        (select max(s.used_at) from faibric.app_sessions s
          where s.app_id = c.app and s.user_id = page.id) as last_seen_at
      from page left join written on written.author = 'u:' || page.id
      order by page.created_at desc, page.id desc) p on true`,
};

const toOwned = (value: unknown) => {
  const found = listRow.parse(value);
  return {
    ...toUser(found),
    createdAt: found.created_at.toISOString(),
    lastSeenAt: found.last_seen_at?.toISOString() ?? null,
    documents: Number(found.documents),
  };
};

/** Makes the store on a pool of the run-time role. */
export const makeAppUserStore = (pool: Pool, most: number = MAX_APP_USERS): AppUserStore => {
  const first = async (statement: { name: string; text: string }, values: unknown[]): Promise<unknown> =>
    (await runQuery(pool, { ...statement, values })).rows[0];
  const done = async (statement: { name: string; text: string }, values: unknown[]): Promise<boolean> =>
    doneRow.parse(await first(statement, values)).done;
  return {
    create: async (appId, { email, name, password, token, visitor }) => {
      const values = [appId, email, emailKey(email), name, password, token, visitor, most];
      const { outcome, id } = createRow.parse(await first(CREATE, values));
      if (outcome !== 'ok' || id === null) return outcome === 'full' ? 'full' : 'taken';
      return { id };
    },
    find: async (appId, email) => {
      const row = await first(FIND, [appId, emailKey(email)]);
      if (row === undefined) return null;
      const stored = storedRow.parse(row);
      return { user: toUser(stored), password: stored.password };
    },
    sessionUser: async (appId, token) => {
      const row = await first(SESSION, [appId, token]);
      return row === undefined ? null : toUser(userRow.parse(row));
    },
    startSession: (appId, { userId, password, token }) =>
      done(START, [appId, userId, password, token, MAX_APP_SESSIONS_PER_USER]),
    endSession: async (appId, token) => {
      await first(END, [appId, token]);
    },
    changePassword: (appId, { userId, old, next, keep }) => done(CHANGE, [appId, userId, old, next, keep]),
    list: async (appId, { limit, offset }) => {
      const { rows } = await runQuery(pool, { ...LIST, values: [appId, limit, offset] });
      const { total, id } = totalRow.parse(rows[0]);
      return { items: id === null ? [] : rows.map(toOwned), total: Number(total), limit, offset };
    },
    delete: (appId, userId) => done(DELETE, [appId, userId]),
  };
};
