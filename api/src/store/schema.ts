// The database's first migration, and the list of all. Isolation does not rest on the queries being
// right: tables force row-level security, every row is checked against the transaction-local setting
// `faibric.app`, and the run-time role neither owns a table nor bypasses a policy. Without the setting it sees nothing.

import { authorsAndChanges } from './migrations/002-authors-and-changes.ts';
import { documentQueries } from './migrations/003-document-queries.ts';
import { bulkAndQuotas } from './migrations/004-bulk-and-quotas.ts';
import { leanCreates } from './migrations/005-lean-creates.ts';
import { APP_USERS } from './migrations/010-app-users.ts';
import { LIVE_CHANGES } from './migrations/011-live-changes.ts';
import { ACCOUNTS } from './migrations/020-accounts.ts';
import { KNOWN_APPS } from './migrations/030-known-apps.ts';
import type { Migration } from './migrations/migration.ts';

// `bytes` is the length of the document's JSON text: what quotas count. Documents are found by app and
// collection always, so both lead the key. Updates touch no indexed column and stay heap-only.
const TABLES = `
create schema if not exists faibric;

create table faibric.documents (
  app_id text not null,
  collection text not null,
  id uuid not null default gen_random_uuid(),
  data jsonb not null,
  version integer not null default 1,
  bytes integer not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (app_id, collection, id)
) with (fillfactor = 90);
create index documents_created on faibric.documents (app_id, collection, created_at, id);

-- Counters per collection in 16 slots, one per connection, so that writers of one app do not queue on one row.
create table faibric.usage (
  app_id text not null,
  collection text not null,
  slot smallint not null,
  documents bigint not null,
  bytes bigint not null,
  primary key (app_id, collection, slot)
) with (fillfactor = 70);

-- What was answered to a create with an Idempotency-Key; kept for a day.
create table faibric.idempotency (
  app_id text not null,
  key_hash text not null,
  request_hash text not null,
  id uuid not null,
  data jsonb,
  created_at timestamptz not null default clock_timestamp(),
  primary key (app_id, key_hash)
);
create index idempotency_created on faibric.idempotency (app_id, created_at);
`;

const POLICIES = ['documents', 'usage', 'idempotency']
  .map(
    (table) => `
alter table faibric.${table} enable row level security;
alter table faibric.${table} force row level security;
create policy app_only on faibric.${table}
  using (app_id = current_setting('faibric.app', true))
  with check (app_id = current_setting('faibric.app', true));`,
  )
  .join('\n');

// Each operation is one statement from the client: the function sets the app for its own transaction and goes on.
// Outcomes are values ('ok', 'missing', …), because an exception would cost the transaction and a log line.
const COUNT = `
create function faibric.count_usage(p_app text, p_collection text, p_documents bigint, p_bytes bigint)
returns void language sql as $$
  insert into faibric.usage as u (app_id, collection, slot, documents, bytes)
  values (p_app, p_collection, pg_backend_pid() % 16, p_documents, p_bytes)
  on conflict (app_id, collection, slot)
  do update set documents = u.documents + excluded.documents, bytes = u.bytes + excluded.bytes
$$;

-- Null when there is room, else the name of the limit that would be passed.
create function faibric.over_quota(p_app text, p_collection text, p_documents bigint, p_bytes bigint, p_limits jsonb)
returns text language plpgsql stable as $$
declare
  v_documents bigint; v_bytes bigint; v_collections bigint; v_known boolean;
begin
  select coalesce(sum(u.documents), 0), coalesce(sum(u.bytes), 0), count(distinct u.collection),
         coalesce(bool_or(u.collection = p_collection), false)
    into v_documents, v_bytes, v_collections, v_known
    from faibric.usage u where u.app_id = p_app;
  if v_documents + p_documents > (p_limits->>'documents')::bigint then return 'documents'; end if;
  if v_bytes + p_bytes > (p_limits->>'bytes')::bigint then return 'bytes'; end if;
  if not v_known and v_collections + 1 > (p_limits->>'collections')::bigint then return 'collections'; end if;
  return null;
end $$;
`;

const CREATE = `
create function faibric.create_document(
  p_app text, p_collection text, p_data jsonb, p_limits jsonb, p_key text, p_request text)
returns table (outcome text, id uuid, data text, created_at timestamptz, updated_at timestamptz, version integer)
language plpgsql as $$
#variable_conflict use_column
declare
  v_bytes integer := octet_length(p_data::text);
  v_over text; v_id uuid := gen_random_uuid(); v_time timestamptz := clock_timestamp();
  v_old faibric.idempotency;
begin
  perform set_config('faibric.app', p_app, true);
  if p_key is not null then
    delete from faibric.idempotency i where i.app_id = p_app and i.created_at < v_time - interval '1 day';
    -- Waits for a concurrent create with the same key, then sees what it stored.
    insert into faibric.idempotency (app_id, key_hash, request_hash, id, data, created_at)
    values (p_app, p_key, p_request, v_id, p_data, v_time) on conflict (app_id, key_hash) do nothing;
    if not found then
      select * into v_old from faibric.idempotency i where i.app_id = p_app and i.key_hash = p_key;
      if v_old.request_hash <> p_request then
        return query select 'key_reused', null::uuid, null::text, null::timestamptz, null::timestamptz, 0;
      else
        return query select 'replayed', v_old.id, v_old.data::text, v_old.created_at, v_old.created_at, 1;
      end if;
      return;
    end if;
  end if;
  v_over := faibric.over_quota(p_app, p_collection, 1, v_bytes, p_limits);
  if v_over is not null then
    delete from faibric.idempotency i where i.app_id = p_app and i.key_hash = p_key;
    return query select v_over, null::uuid, null::text, null::timestamptz, null::timestamptz, 0;
    return;
  end if;
  insert into faibric.documents (app_id, collection, id, data, bytes, created_at, updated_at)
  values (p_app, p_collection, v_id, p_data, v_bytes, v_time, v_time);
  perform faibric.count_usage(p_app, p_collection, 1, v_bytes);
  return query select 'ok', v_id, p_data::text, v_time, v_time, 1;
end $$;
`;

const UPDATE = `
create function faibric.update_document(
  p_app text, p_collection text, p_id uuid, p_data jsonb, p_merge boolean, p_version integer, p_limits jsonb)
returns table (outcome text, id uuid, data text, created_at timestamptz, updated_at timestamptz, version integer)
language plpgsql as $$
#variable_conflict use_column
declare
  v_old faibric.documents; v_data jsonb; v_bytes integer; v_outcome text := 'ok'; v_time timestamptz;
begin
  perform set_config('faibric.app', p_app, true);
  select * into v_old from faibric.documents d
   where d.app_id = p_app and d.collection = p_collection and d.id = p_id for update;
  if not found then v_outcome := 'missing';
  elsif p_version is not null and p_version <> v_old.version then v_outcome := 'mismatch';
  else
    v_data := case when p_merge then v_old.data || p_data else p_data end;
    v_bytes := octet_length(v_data::text);
    if v_bytes > (p_limits->>'document')::integer then v_outcome := 'too_large';
    elsif v_bytes > v_old.bytes then
      v_outcome := coalesce(faibric.over_quota(p_app, p_collection, 0, v_bytes - v_old.bytes, p_limits), 'ok');
    end if;
  end if;
  if v_outcome <> 'ok' then
    return query select v_outcome, null::uuid, null::text, null::timestamptz, null::timestamptz, 0;
    return;
  end if;
  v_time := greatest(clock_timestamp(), v_old.updated_at);
  update faibric.documents d
     set data = v_data, bytes = v_bytes, version = v_old.version + 1, updated_at = v_time
   where d.app_id = p_app and d.collection = p_collection and d.id = p_id;
  if v_bytes <> v_old.bytes then
    perform faibric.count_usage(p_app, p_collection, 0, v_bytes - v_old.bytes);
  end if;
  return query select 'ok', p_id, v_data::text, v_old.created_at, v_time, v_old.version + 1;
end $$;
`;

const DELETE = `
create function faibric.delete_document(p_app text, p_collection text, p_id uuid, p_version integer)
returns text language plpgsql as $$
declare v_old faibric.documents;
begin
  perform set_config('faibric.app', p_app, true);
  select * into v_old from faibric.documents d
   where d.app_id = p_app and d.collection = p_collection and d.id = p_id for update;
  if not found then return 'missing'; end if;
  if p_version is not null and p_version <> v_old.version then return 'mismatch'; end if;
  delete from faibric.documents d where d.app_id = p_app and d.collection = p_collection and d.id = p_id;
  perform faibric.count_usage(p_app, p_collection, -1, -v_old.bytes);
  return 'ok';
end $$;

create function faibric.drop_app(p_app text) returns bigint language plpgsql as $$
declare v_count bigint;
begin
  perform set_config('faibric.app', p_app, true);
  -- Dropping tens of thousands of rows may take longer than a request's usual limit.
  perform set_config('statement_timeout', '60s', true);
  delete from faibric.documents where app_id = p_app;
  get diagnostics v_count = row_count;
  delete from faibric.usage where app_id = p_app;
  delete from faibric.idempotency where app_id = p_app;
  return v_count;
end $$;
`;

/** Every migration, in order. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '001-documents', sql: TABLES + POLICIES + COUNT + CREATE + UPDATE + DELETE },
  authorsAndChanges,
  documentQueries,
  bulkAndQuotas,
  leanCreates,
  APP_USERS,
  ACCOUNTS,
  LIVE_CHANGES,
  KNOWN_APPS,
];
