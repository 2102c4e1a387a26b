// Accounts of the platform, in a schema and for a database role of their own: the role that serves documents cannot even
// name these tables, so a hole in a statement of the Database API reaches no hash, no session and no account. A deleted
// account keeps its row, emptied: its handle is the owner of apps and must never become somebody else's.
import type { Migration } from './migration.ts';

const TABLES = `
create schema faibric_accounts;

create table faibric_accounts.accounts (
  id uuid primary key default gen_random_uuid(),
  handle text not null unique check (handle ~ '^[a-z]([a-z0-9-]*[a-z0-9])?$' and length(handle) <= 30),
  name text,
  role text not null check (role in ('user', 'admin')),
  password_hash text,
  apps_limit integer,
  tokens_per_day bigint,
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  deleted_at timestamptz
);

create table faibric_accounts.sessions (
  token_hash bytea primary key check (length(token_hash) = 32),
  id uuid not null unique default gen_random_uuid(),
  account_id uuid not null references faibric_accounts.accounts,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  address text not null,
  user_agent text not null
);
create index sessions_account on faibric_accounts.sessions (account_id, seen_at);

create table faibric_accounts.tokens (
  token_hash bytea primary key check (length(token_hash) = 32),
  id uuid not null unique default gen_random_uuid(),
  account_id uuid not null references faibric_accounts.accounts,
  name text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index tokens_account on faibric_accounts.tokens (account_id);

create table faibric_accounts.invites (
  token_hash bytea primary key check (length(token_hash) = 32),
  id uuid not null unique default gen_random_uuid(),
  role text not null check (role in ('user', 'admin')),
  handle text,
  created_by uuid not null references faibric_accounts.accounts,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

create table faibric_accounts.oidc_links (
  issuer text not null,
  subject text not null,
  account_id uuid not null references faibric_accounts.accounts,
  created_at timestamptz not null default now(),
  primary key (issuer, subject)
);

-- Sign-ins under way at an OpenID provider; found by a cookie of the browser that began them.
create table faibric_accounts.oidc_flows (
  token_hash bytea primary key check (length(token_hash) = 32),
  state text not null,
  nonce text not null,
  verifier text not null,
  created_at timestamptz not null default now()
);
create index oidc_flows_created on faibric_accounts.oidc_flows (created_at);

create table faibric_accounts.events (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  event text not null,
  account_id uuid,
  actor_id uuid,
  address text not null,
  detail jsonb not null
);
`;

// Both locks take turns with themselves only: two first admins, or two last ones that step down at one moment.
const SIGN_UP = `
create function faibric_accounts.sign_up(
  p_handle text, p_name text, p_password text, p_setup boolean, p_invite bytea, p_role text, p_issuer text, p_subject text)
returns table (outcome text, id uuid, role text) language plpgsql as $$
#variable_conflict use_column
declare v_role text := p_role; v_invite faibric_accounts.invites; v_id uuid;
begin
  if p_setup then
    perform pg_advisory_xact_lock(7264201944);
    if exists (select 1 from faibric_accounts.accounts a where a.role = 'admin') then
      return query select 'invite_invalid', null::uuid, null::text; return;
    end if;
    v_role := 'admin';
  elsif p_invite is not null then
    select * into v_invite from faibric_accounts.invites i
     where i.token_hash = p_invite and i.expires_at > now() for update;
    if not found then return query select 'invite_invalid', null::uuid, null::text; return; end if;
    if v_invite.handle is not null and v_invite.handle <> p_handle then
      return query select 'wrong_handle', null::uuid, null::text; return;
    end if;
    v_role := v_invite.role;
  end if;
  insert into faibric_accounts.accounts as a (handle, name, password_hash, role)
  values (p_handle, p_name, p_password, v_role) on conflict (handle) do nothing returning a.id into v_id;
  if v_id is null then return query select 'taken', null::uuid, null::text; return; end if;
  if p_issuer is not null then
    insert into faibric_accounts.oidc_links (issuer, subject, account_id) values (p_issuer, p_subject, v_id);
  end if;
  -- An invite works once: its row goes with the account's making, in one transaction.
  delete from faibric_accounts.invites i where i.token_hash = p_invite;
  return query select 'ok', v_id, v_role;
end $$;
`;

const CHANGE = `
create function faibric_accounts.end_access(p_account uuid) returns void language sql as $$
  delete from faibric_accounts.sessions where account_id = p_account;
  delete from faibric_accounts.tokens where account_id = p_account;
$$;

create function faibric_accounts.change_account(p_id uuid, p_change jsonb) returns text language plpgsql as $$
declare
  v_old faibric_accounts.accounts;
  v_role text; v_disabled boolean; v_deleted boolean := coalesce((p_change->>'deleted')::boolean, false);
begin
  perform pg_advisory_xact_lock(7264201945);
  select * into v_old from faibric_accounts.accounts a where a.id = p_id and a.deleted_at is null for update;
  if not found then return 'missing'; end if;
  v_role := coalesce(p_change->>'role', v_old.role);
  v_disabled := coalesce((p_change->>'disabled')::boolean, v_old.disabled_at is not null);
  if v_old.role = 'admin' and v_old.disabled_at is null and (v_role <> 'admin' or v_disabled or v_deleted)
     and not exists (select 1 from faibric_accounts.accounts a
       where a.role = 'admin' and a.disabled_at is null and a.deleted_at is null and a.id <> p_id) then
    return 'last_admin';
  end if;
  update faibric_accounts.accounts a set
    role = v_role,
    disabled_at = case when v_disabled then coalesce(v_old.disabled_at, now()) end,
    apps_limit = case when p_change ? 'appsLimit' then (p_change->>'appsLimit')::integer else a.apps_limit end,
    tokens_per_day = case when p_change ? 'tokensPerDay' then (p_change->>'tokensPerDay')::bigint
                          else a.tokens_per_day end,
    deleted_at = case when v_deleted then now() end,
    name = case when v_deleted then null else a.name end,
    password_hash = case when v_deleted then null else a.password_hash end
   where a.id = p_id;
  if v_disabled or v_deleted then perform faibric_accounts.end_access(p_id); end if;
  if v_deleted then delete from faibric_accounts.oidc_links where account_id = p_id; end if;
  return 'ok';
end $$;
`;

/** Accounts, sessions, tokens, invites, OpenID links and security events. */
export const ACCOUNTS: Migration = { name: '020-accounts', sql: TABLES + SIGN_UP + CHANGE };
