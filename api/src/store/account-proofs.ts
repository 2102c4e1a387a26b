// Sessions and personal access tokens on Postgres. Looking one up checks its age and its account in the same statement,
// and notes its use at most every few minutes, so that reading does not become writing.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { ProofStore, Proven } from '../accounts/account-store.ts';
import {
  MAX_SESSIONS_PER_ACCOUNT,
  MAX_TOKENS_PER_ACCOUNT,
  SESSION_IDLE_DAYS,
  SESSION_MAX_DAYS,
} from '../contract/limits.ts';
import { ACCOUNT_COLUMNS, ACTIVE, accountRow } from './accounts.ts';
import { runQuery } from './run-query.ts';

const isoTime = z.date().transform((time) => time.toISOString());
const provenRow = accountRow.extend({ proofId: z.string() });
const sessionRows = z.array(
  z.object({
    id: z.string(),
    createdAt: isoTime,
    seenAt: isoTime,
    address: z.string(),
    userAgent: z.string(),
  }),
);
const tokenRow = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: isoTime,
  expiresAt: isoTime,
  usedAt: isoTime.nullable(),
});

const ALIVE = `s.seen_at > now() - interval '${SESSION_IDLE_DAYS} days' and s.created_at > now() - interval '${SESSION_MAX_DAYS} days'`;
const NOTE_USE = `interval '5 minutes'`;

// What is dead goes whenever its account opens a session: no job has to sweep.
const OPEN = {
  name: 'session-open',
  text: `with gone as (
      delete from faibric_accounts.sessions s where s.account_id = $1 and (not (${ALIVE}) or s.token_hash in (
        select token_hash from faibric_accounts.sessions where account_id = $1
        order by seen_at desc offset ${MAX_SESSIONS_PER_ACCOUNT - 1})))
    insert into faibric_accounts.sessions (account_id, token_hash, address, user_agent) values ($1, $2, $3, $4)`,
};
const FIND_SESSION = {
  name: 'session-find',
  text: `with found as (
      select s.token_hash, s.seen_at, s.id as "proofId", ${ACCOUNT_COLUMNS} from faibric_accounts.sessions s
      join faibric_accounts.accounts a on a.id = s.account_id where s.token_hash = $1 and ${ALIVE} and ${ACTIVE}),
    noted as (update faibric_accounts.sessions s set seen_at = now() from found
      where s.token_hash = found.token_hash and found.seen_at < now() - ${NOTE_USE})
    select * from found`,
};
const LIST_SESSIONS = {
  name: 'session-list',
  text: `select s.id, s.created_at as "createdAt", s.seen_at as "seenAt", s.address, s.user_agent as "userAgent"
    from faibric_accounts.sessions s where s.account_id = $1 and ${ALIVE} order by s.seen_at desc, s.id`,
};
const END_SESSION = {
  name: 'session-end',
  text: 'delete from faibric_accounts.sessions where token_hash = $1',
};
const END_ONE = {
  name: 'session-end-one',
  text: 'delete from faibric_accounts.sessions where account_id = $1 and id = $2',
};
const END_OTHERS = {
  name: 'session-end-others',
  text: 'delete from faibric_accounts.sessions where account_id = $1 and id <> $2',
};
const TOKEN_COLUMNS = 'id, name, created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt"';
const ADD_TOKEN = {
  name: 'token-add',
  text: `insert into faibric_accounts.tokens (account_id, token_hash, name, expires_at)
    select $1, $2, $3, now() + make_interval(days => $4)
    where (select count(*) from faibric_accounts.tokens where account_id = $1) < ${MAX_TOKENS_PER_ACCOUNT}
    returning ${TOKEN_COLUMNS}`,
};
const FIND_TOKEN = {
  name: 'token-find',
  text: `with found as (
      select t.token_hash, t.used_at, t.id as "proofId", ${ACCOUNT_COLUMNS} from faibric_accounts.tokens t
      join faibric_accounts.accounts a on a.id = t.account_id
      where t.token_hash = $1 and t.expires_at > now() and ${ACTIVE}),
    noted as (update faibric_accounts.tokens t set used_at = now() from found
      where t.token_hash = found.token_hash and coalesce(found.used_at, '-infinity') < now() - ${NOTE_USE})
    select * from found`,
};
const LIST_TOKENS = {
  name: 'token-list',
  text: `select ${TOKEN_COLUMNS} from faibric_accounts.tokens where account_id = $1 order by created_at desc, id`,
};
const END_TOKEN = {
  name: 'token-end',
  text: 'delete from faibric_accounts.tokens where account_id = $1 and id = $2',
};

type Statement = { readonly name: string; readonly text: string };

/** Makes the store on a pool of the role that serves accounts. */
export const makeProofStore = (pool: Pool): ProofStore => {
  const run = (statement: Statement, values: unknown[]) => runQuery(pool, { ...statement, values });
  const proven = async (statement: Statement, tokenHash: Buffer): Promise<Proven | null> => {
    const { rows } = await run(statement, [tokenHash]);
    if (rows.length === 0) return null;
    const { proofId, ...account } = provenRow.parse(rows[0]);
    return { account, proofId };
  };
  return {
    openSession: async (accountId, { tokenHash, address, userAgent }) => {
      await run(OPEN, [accountId, tokenHash, address, userAgent]);
    },
    findSession: (tokenHash) => proven(FIND_SESSION, tokenHash),
    listSessions: async (accountId) => sessionRows.parse((await run(LIST_SESSIONS, [accountId])).rows),
    endSession: async (tokenHash) => {
      await run(END_SESSION, [tokenHash]);
    },
    endSessions: async (accountId, which) => {
      const [statement, id] = 'id' in which ? [END_ONE, which.id] : [END_OTHERS, which.allBut];
      return (await run(statement, [accountId, id])).rowCount ?? 0;
    },
    addToken: async (accountId, { tokenHash, name, days }) => {
      const { rows } = await run(ADD_TOKEN, [accountId, tokenHash, name, days]);
      return rows.length === 0 ? null : tokenRow.parse(rows[0]);
    },
    findToken: (tokenHash) => proven(FIND_TOKEN, tokenHash),
    listTokens: async (accountId) => z.array(tokenRow).parse((await run(LIST_TOKENS, [accountId])).rows),
    endToken: async (accountId, id) => (await run(END_TOKEN, [accountId, id])).rowCount === 1,
  };
};
