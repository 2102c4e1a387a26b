// Brings the database to the schema of this version, and the run-time role to its rights. Runs under an
// advisory lock, so replicas that start together take turns. The owner's connection is used here and nowhere else.
import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { Migration } from './migrations/migration.ts';
import { MIGRATIONS } from './schema.ts';

/** A role that logs in, and its password. */
export interface LoginRole {
  readonly user: string;
  readonly password: string;
}

/** The role that serves documents, and the one that serves accounts: neither sees what is the other's. */
export interface ServingRoles {
  readonly app: LoginRole;
  readonly accounts: LoginRole;
}

// Any constant will do, as long as it is ours: the lock is per database.
const LOCK = 7_264_201_943;

const CREATE_LEDGER = `
create schema if not exists faibric;
create table if not exists faibric.migrations (name text primary key, applied_at timestamptz not null default now())`;

const nameRows = z.array(z.object({ name: z.string() }));

const applyOne = async (client: ClientBase, migration: Migration): Promise<void> => {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into faibric.migrations (name) values ($1)', [migration.name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
};

// Gives the role's name, quoted. Neither role may do anything but log in; rights on tables follow.
const ensureRole = async (client: ClientBase, role: LoginRole): Promise<string> => {
  const name = client.escapeIdentifier(role.user);
  const exists = await client.query('select 1 from pg_roles where rolname = $1', [role.user]);
  if (exists.rowCount === 0) await client.query(`create role ${name}`);
  const password = client.escapeLiteral(role.password);
  await client.query(
    `alter role ${name} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password ${password}`,
  );
  return name;
};

// Rights are set on every start, so that a role that somebody widened or dropped is put right again.
const grantAppRole = async (client: ClientBase, role: LoginRole): Promise<void> => {
  const name = await ensureRole(client, role);
  await client.query(`grant usage on schema faibric to ${name}`);
  await client.query(`grant select, insert, update, delete on all tables in schema faibric to ${name}`);
  await client.query(`revoke all on faibric.migrations from ${name}`);
  // A write through a view would be judged by the rights and policies of the view's owner.
  await client.query(`revoke insert, update, delete on faibric.app_documents from ${name}`);
  await client.query(`grant execute on all functions in schema faibric to ${name}`);
  await client.query(`revoke all on schema faibric_accounts from ${name}`);
};

// An account is never deleted (its handle stays taken) and its handle never changes; events are only ever added.
const grantAccountsRole = async (client: ClientBase, role: LoginRole): Promise<void> => {
  const name = await ensureRole(client, role);
  const schema = 'faibric_accounts';
  await client.query(`revoke all on all tables in schema ${schema} from ${name}`);
  await client.query(`grant usage on schema ${schema} to ${name}`);
  const free = ['sessions', 'tokens', 'invites', 'oidc_links', 'oidc_flows'];
  await client.query(
    `grant select, insert, update, delete on ${free.map((table) => `${schema}.${table}`).join(', ')} to ${name}`,
  );
  await client.query(`grant select, insert on ${schema}.accounts, ${schema}.events to ${name}`);
  await client.query(
    `grant update (name, role, password_hash, apps_limit, tokens_per_day, disabled_at, deleted_at)
     on ${schema}.accounts to ${name}`,
  );
};

/** Applies what is missing; gives the names of the migrations that it applied. */
export const migrate = async (client: ClientBase, roles: ServingRoles): Promise<readonly string[]> => {
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    await client.query(CREATE_LEDGER);
    const done = nameRows.parse((await client.query('select name from faibric.migrations')).rows);
    const missing = MIGRATIONS.filter((migration) => !done.some((row) => row.name === migration.name));
    for (const migration of missing) await applyOne(client, migration);
    await grantAppRole(client, roles.app);
    await grantAccountsRole(client, roles.accounts);
    return missing.map((migration) => migration.name);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
};
