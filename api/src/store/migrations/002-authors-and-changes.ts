// Documents get an author, every operation is held to one author's documents where a grant says so (`p_only`), and every
// write leaves a row in the change feed. Read the feed by rows whose `xid` is below `pg_snapshot_xmin` of the snapshot, in
// the order of (xid, seq): a row of a transaction that is still open is then never passed over.
import { appOnly, type Migration } from './migration.ts';

// The key leads with the app, so that a reader finds what is new without looking at what is old.
const FEED = `
alter table faibric.documents add column author text;

create table faibric.changes (
  app_id text not null,
  xid xid8 not null default pg_current_xact_id(),
  seq bigint not null generated always as identity,
  collection text not null,
  id uuid not null,
  kind "char" not null check (kind in ('c', 'u', 'd')),
  version integer not null,
  author text,
  at timestamptz not null default clock_timestamp(),
  primary key (app_id, xid, seq)
);
${appOnly('changes')}

-- Forgets changes of more than an hour ago, oldest first and at most 2,000 at a time. Called by one write in 400, last of
-- all, so that whoever waits for these rows never holds what this transaction still needs.
create function faibric.prune_changes(p_app text) returns void language sql as $$
  delete from faibric.changes c using (
    select o.xid, o.seq, o.at from faibric.changes o where o.app_id = p_app order by o.xid, o.seq limit 2000
  ) oldest
  where c.app_id = p_app and c.xid = oldest.xid and c.seq = oldest.seq
    and oldest.at < clock_timestamp() - interval '1 hour'
$$;

create function faibric.note_change(
  p_app text, p_collection text, p_id uuid, p_kind "char", p_version integer, p_author text)
returns void language plpgsql as $$
begin
  insert into faibric.changes (app_id, collection, id, kind, version, author)
  values (p_app, p_collection, p_id, p_kind, p_version, p_author);
  if random() < 0.0025 and pg_try_advisory_xact_lock(hashtextextended('faibric.changes ' || p_app, 0)) then
    perform faibric.prune_changes(p_app);
  end if;
end $$;
`;

const CREATE = `
drop function faibric.create_document(text, text, jsonb, jsonb, text, text);
create function faibric.create_document(
  p_app text, p_collection text, p_data jsonb, p_limits jsonb, p_author text, p_key text, p_request text)
returns table (
  outcome text, id uuid, data text, created_at timestamptz, updated_at timestamptz, version integer, mine boolean)
language plpgsql as $$
#variable_conflict use_column
declare
  v_bytes integer := octet_length(p_data::text);
  v_over text; v_id uuid := gen_random_uuid(); v_time timestamptz := clock_timestamp();
  v_old faibric.idempotency; v_mine boolean := p_author is not null;
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
        return query select 'key_reused', null::uuid, null::text, null::timestamptz, null::timestamptz, 0, false;
      else
        return query select 'replayed', v_old.id, v_old.data::text, v_old.created_at, v_old.created_at, 1, v_mine;
      end if;
      return;
    end if;
  end if;
  v_over := faibric.over_quota(p_app, p_collection, 1, v_bytes, p_limits);
  if v_over is not null then
    delete from faibric.idempotency i where i.app_id = p_app and i.key_hash = p_key;
    return query select v_over, null::uuid, null::text, null::timestamptz, null::timestamptz, 0, false;
    return;
  end if;
  insert into faibric.documents (app_id, collection, id, data, bytes, created_at, updated_at, author)
  values (p_app, p_collection, v_id, p_data, v_bytes, v_time, v_time, p_author);
  perform faibric.count_usage(p_app, p_collection, 1, v_bytes);
  perform faibric.note_change(p_app, p_collection, v_id, 'c', 1, p_author);
  return query select 'ok', v_id, p_data::text, v_time, v_time, 1, v_mine;
end $$;
`;

const UPDATE = `
drop function faibric.update_document(text, text, uuid, jsonb, boolean, integer, jsonb);
create function faibric.update_document(
  p_app text, p_collection text, p_id uuid, p_data jsonb, p_merge boolean, p_version integer, p_limits jsonb,
  p_author text, p_only text)
returns table (
  outcome text, id uuid, data text, created_at timestamptz, updated_at timestamptz, version integer, mine boolean)
language plpgsql as $$
#variable_conflict use_column
declare
  v_old faibric.documents; v_data jsonb; v_bytes integer; v_outcome text := 'ok'; v_time timestamptz;
begin
  perform set_config('faibric.app', p_app, true);
  select * into v_old from faibric.documents d
   where d.app_id = p_app and d.collection = p_collection and d.id = p_id and (p_only is null or d.author = p_only)
   for update;
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
    return query select v_outcome, null::uuid, null::text, null::timestamptz, null::timestamptz, 0, false;
    return;
  end if;
  v_time := greatest(clock_timestamp(), v_old.updated_at);
  update faibric.documents d
     set data = v_data, bytes = v_bytes, version = v_old.version + 1, updated_at = v_time
   where d.app_id = p_app and d.collection = p_collection and d.id = p_id;
  if v_bytes <> v_old.bytes then
    perform faibric.count_usage(p_app, p_collection, 0, v_bytes - v_old.bytes);
  end if;
  perform faibric.note_change(p_app, p_collection, p_id, 'u', v_old.version + 1, v_old.author);
  return query select 'ok', p_id, v_data::text, v_old.created_at, v_time, v_old.version + 1,
    coalesce(v_old.author = p_author, false);
end $$;
`;

const DELETE = `
drop function faibric.delete_document(text, text, uuid, integer);
create function faibric.delete_document(p_app text, p_collection text, p_id uuid, p_version integer, p_only text)
returns text language plpgsql as $$
declare v_old faibric.documents;
begin
  perform set_config('faibric.app', p_app, true);
  select * into v_old from faibric.documents d
   where d.app_id = p_app and d.collection = p_collection and d.id = p_id and (p_only is null or d.author = p_only)
   for update;
  if not found then return 'missing'; end if;
  if p_version is not null and p_version <> v_old.version then return 'mismatch'; end if;
  delete from faibric.documents d where d.app_id = p_app and d.collection = p_collection and d.id = p_id;
  perform faibric.count_usage(p_app, p_collection, -1, -v_old.bytes);
  perform faibric.note_change(p_app, p_collection, p_id, 'd', v_old.version, v_old.author);
  return 'ok';
end $$;

create or replace function faibric.drop_app(p_app text) returns bigint language plpgsql as $$
declare v_count bigint;
begin
  perform set_config('faibric.app', p_app, true);
  -- Dropping tens of thousands of rows may take longer than a request's usual limit.
  perform set_config('statement_timeout', '60s', true);
  delete from faibric.documents where app_id = p_app;
  get diagnostics v_count = row_count;
  delete from faibric.usage where app_id = p_app;
  delete from faibric.idempotency where app_id = p_app;
  delete from faibric.changes where app_id = p_app;
  return v_count;
end $$;
`;

/** Authors, grants inside the statements, and the change feed. */
export const authorsAndChanges: Migration = {
  name: '002-authors-and-changes',
  sql: FEED + CREATE + UPDATE + DELETE,
};
