// Accounts on Postgres, through the pool of the role that serves accounts. Every operation is one named statement.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { AccountStore, Admission, SignUpOutcome } from '../accounts/account-store.ts';
import { runQuery } from './run-query.ts';

const role = z.enum(['user', 'admin']);
const nullableCount = z.union([z.number(), z.string().transform(Number)]).nullable();

/** A row that `ACCOUNT_COLUMNS` selects. */
export const accountRow = z.object({
  id: z.string(),
  handle: z.string(),
  name: z.string().nullable(),
  role,
  appsLimit: nullableCount,
  tokensPerDay: nullableCount,
});
/** Columns of an account `a`, by the names of the row. */
export const ACCOUNT_COLUMNS =
  'a.id, a.handle, a.name, a.role, a.apps_limit as "appsLimit", a.tokens_per_day as "tokensPerDay"';
/** Of an account `a` that may do anything at all. */
export const ACTIVE = 'a.disabled_at is null and a.deleted_at is null';

const isoTime = z.date().transform((time) => time.toISOString());
const managedRow = accountRow.extend({
  disabled: z.boolean(),
  createdAt: isoTime,
  lastSeenAt: isoTime.nullable(),
});
const signUpRow = z.object({ outcome: z.string(), id: z.string().nullable(), role: role.nullable() });
const changeRow = z.object({ outcome: z.enum(['ok', 'missing', 'last_admin']) });
const credentialsRow = z.object({ id: z.string(), passwordHash: z.string().nullable() });
const identityRow = z.object({ id: z.string(), disabled: z.boolean() });

const SIGN_UP = {
  name: 'account-sign-up',
  text: 'select * from faibric_accounts.sign_up($1, $2, $3, $4, $5, $6, $7, $8)',
};
const CREDENTIALS = {
  name: 'account-credentials',
  text: `select a.id, a.password_hash as "passwordHash" from faibric_accounts.accounts a where a.handle = $1 and ${ACTIVE}`,
};
const FIND = {
  name: 'account-find',
  text: `select ${ACCOUNT_COLUMNS} from faibric_accounts.accounts a where a.id = $1 and ${ACTIVE}`,
};
const BY_IDENTITY = {
  name: 'account-by-identity',
  text: `select a.id, a.disabled_at is not null as disabled from faibric_accounts.oidc_links l
    join faibric_accounts.accounts a on a.id = l.account_id
    where l.issuer = $1 and l.subject = $2 and a.deleted_at is null`,
};
const SET_PASSWORD = {
  name: 'account-set-password',
  text: `with changed as (update faibric_accounts.accounts set password_hash = $2 where id = $1 returning id)
    select faibric_accounts.end_access(id) from changed`,
};
const LIST = {
  name: 'account-list',
  text: `select ${ACCOUNT_COLUMNS}, a.disabled_at is not null as disabled, a.created_at as "createdAt",
      (select max(s.seen_at) from faibric_accounts.sessions s where s.account_id = a.id) as "lastSeenAt"
    from faibric_accounts.accounts a where a.deleted_at is null order by a.created_at desc, a.id limit 10000`,
};
const CHANGE = { name: 'account-change', text: 'select faibric_accounts.change_account($1, $2) as outcome' };
const NEEDS_SETUP = {
  name: 'account-needs-setup',
  text: `select not exists (select 1 from faibric_accounts.accounts a where a.role = 'admin') as needed`,
};

const toOutcome = (row: z.infer<typeof signUpRow>): SignUpOutcome => {
  if (row.outcome === 'ok' && row.id !== null && row.role !== null) {
    return { kind: 'ok', id: row.id, role: row.role };
  }
  return { kind: z.enum(['taken', 'invite_invalid', 'wrong_handle']).parse(row.outcome) };
};

const admissionValues = ({ setup = false, inviteHash, role: given = 'user', identity }: Admission) => [
  setup,
  inviteHash ?? null,
  given,
  identity?.issuer ?? null,
  identity?.subject ?? null,
];

/** Makes the store on a pool of the role that serves accounts. */
export const makeAccountStore = (pool: Pool): AccountStore => {
  const first = async <T>(query: { name: string; text: string }, values: unknown[], row: z.ZodType<T>) => {
    const { rows } = await runQuery(pool, { ...query, values });
    return rows.length === 0 ? null : row.parse(rows[0]);
  };
  const change = async (id: string, what: object) => {
    const { rows } = await runQuery(pool, { ...CHANGE, values: [id, JSON.stringify(what)] });
    return changeRow.parse(rows[0]).outcome;
  };
  return {
    signUp: async ({ handle, name, passwordHash }, admission) => {
      const values = [handle, name, passwordHash, ...admissionValues(admission)];
      return toOutcome(signUpRow.parse((await runQuery(pool, { ...SIGN_UP, values })).rows[0]));
    },
    credentials: (handle) => first(CREDENTIALS, [handle], credentialsRow),
    find: (id) => first(FIND, [id], accountRow),
    findByIdentity: ({ issuer, subject }) => first(BY_IDENTITY, [issuer, subject], identityRow),
    setPassword: async (id, passwordHash) => {
      await runQuery(pool, { ...SET_PASSWORD, values: [id, passwordHash] });
    },
    setRole: (id, given) => change(id, { role: given }),
    list: async () => z.array(managedRow).parse((await runQuery(pool, LIST)).rows),
    change,
    needsSetup: async () =>
      (await first(NEEDS_SETUP, [], z.object({ needed: z.boolean() })))?.needed ?? false,
  };
};
