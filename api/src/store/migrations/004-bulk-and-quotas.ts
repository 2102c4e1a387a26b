// Many documents at once, and quotas that are not passed by writers at the same moment. Locks are always taken in the order
// document, app (advisory), usage slot, so that no two transactions wait for each other.
import type { Migration } from './migration.ts';

// Sums are read first without a lock. Close to a limit they are read again under a lock of the app, which every writer that
// is close takes. "Close" leaves room for one bulk write, which always takes the lock, and for 64 single writes that do not.
const QUOTA = `
create or replace function faibric.over_quota(
  p_app text, p_collection text, p_documents bigint, p_bytes bigint, p_limits jsonb)
returns text language plpgsql volatile as $$
declare
  v_documents bigint; v_bytes bigint; v_collections bigint; v_known boolean; v_locked boolean := false;
begin
  loop
    select coalesce(sum(u.documents), 0), coalesce(sum(u.bytes), 0), count(distinct u.collection),
           coalesce(bool_or(u.collection = p_collection), false)
      into v_documents, v_bytes, v_collections, v_known
      from faibric.usage u where u.app_id = p_app;
    exit when v_locked or (
      v_known
      and v_documents + p_documents <= (p_limits->>'documents')::bigint - 564
      and v_bytes + p_bytes <= (p_limits->>'bytes')::bigint - 17825792);
    perform pg_advisory_xact_lock(hashtextextended('faibric.usage ' || p_app, 0));
    v_locked := true;
  end loop;
  if p_documents > 0 and v_documents + p_documents > (p_limits->>'documents')::bigint then return 'documents'; end if;
  if v_bytes + p_bytes > (p_limits->>'bytes')::bigint then return 'bytes'; end if;
  if not v_known and v_collections + 1 > (p_limits->>'collections')::bigint then return 'collections'; end if;
  return null;
end $$;
`;

// p_items: a list of {"data": …, "id": …?}. A given id that is taken is the outcome 'taken'. Creation times go up by a
// microsecond each, so that a list in order of time has them as they were given.
const CREATE_MANY = `
create function faibric.create_documents(
  p_app text, p_collection text, p_items jsonb, p_limits jsonb, p_author text, p_key text, p_request text)
returns table (outcome text, at integer, items text)
language plpgsql as $$
#variable_conflict use_column
declare
  v_over text; v_time timestamptz := clock_timestamp(); v_old faibric.idempotency;
  v_count bigint; v_bytes bigint; v_large integer; v_items jsonb; v_first uuid := gen_random_uuid();
begin
  perform set_config('faibric.app', p_app, true);
  if p_key is not null then
    delete from faibric.idempotency i where i.app_id = p_app and i.created_at < v_time - interval '1 day';
    insert into faibric.idempotency (app_id, key_hash, request_hash, id, data, created_at)
    values (p_app, p_key, p_request, v_first, null, v_time) on conflict (app_id, key_hash) do nothing;
    if not found then
      select * into v_old from faibric.idempotency i where i.app_id = p_app and i.key_hash = p_key;
      return query select case when v_old.request_hash = p_request then 'replayed' else 'key_reused' end, null::integer,
        case when v_old.request_hash = p_request then v_old.data::text end;
      return;
    end if;
  end if;
  select count(*), coalesce(sum(octet_length((e.item -> 'data')::text)), 0),
         min(e.n) filter (where octet_length((e.item -> 'data')::text) > (p_limits->>'document')::integer)
    into v_count, v_bytes, v_large
    from jsonb_array_elements(p_items) with ordinality e(item, n);
  perform pg_advisory_xact_lock(hashtextextended('faibric.usage ' || p_app, 0));
  v_over := case when v_large is not null then 'too_large'
    else faibric.over_quota(p_app, p_collection, v_count, v_bytes, p_limits) end;
  if v_over is null and exists (
    select 1 from jsonb_array_elements(p_items) with ordinality e(item, n)
      join faibric.documents d on d.app_id = p_app and d.collection = p_collection and d.id = (e.item ->> 'id')::uuid)
  then
    v_over := 'taken';
    select min(e.n) into v_large from jsonb_array_elements(p_items) with ordinality e(item, n)
      join faibric.documents d on d.app_id = p_app and d.collection = p_collection and d.id = (e.item ->> 'id')::uuid;
  end if;
  if v_over is not null then
    delete from faibric.idempotency i where i.app_id = p_app and i.key_hash = p_key;
    return query select v_over, v_large - 1, null::text;
    return;
  end if;
  with given as materialized (
    select coalesce((e.item ->> 'id')::uuid, gen_random_uuid()) as id, e.item -> 'data' as data,
      v_time + (e.n - 1) * interval '1 microsecond' as time, e.n
    from jsonb_array_elements(p_items) with ordinality e(item, n)
  ), stored as (
    insert into faibric.documents (app_id, collection, id, data, bytes, created_at, updated_at, author)
    select p_app, p_collection, g.id, g.data, octet_length(g.data::text), g.time, g.time, p_author from given g
  ), noted as (
    insert into faibric.changes (app_id, collection, id, kind, version, author)
    select p_app, p_collection, g.id, 'c', 1, p_author from given g
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'data', g.data,
      'createdAt', to_char(g.time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'updatedAt', to_char(g.time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'version', 1, 'mine', p_author is not null) order by g.n), '[]')
    into v_items from given g;
  if p_key is not null then
    update faibric.idempotency i set data = v_items where i.app_id = p_app and i.key_hash = p_key;
  end if;
  perform faibric.count_usage(p_app, p_collection, v_count, v_bytes);
  perform faibric.prune_changes(p_app);
  return query select 'ok', null::integer, v_items::text;
end $$;
`;

// p_ids null: all. Rows are locked in the order of their ids, so that two of these never wait for each other.
const DELETE_MANY = `
create function faibric.delete_documents(p_app text, p_collection text, p_ids uuid[], p_only text)
returns bigint language plpgsql as $$
declare v_count bigint; v_bytes bigint;
begin
  perform set_config('faibric.app', p_app, true);
  with locked as materialized (
    select d.id from faibric.documents d
     where d.app_id = p_app and d.collection = p_collection and (p_ids is null or d.id = any (p_ids))
       and (p_only is null or d.author = p_only)
     order by d.id for update
  ), gone as (
    delete from faibric.documents d using locked l
     where d.app_id = p_app and d.collection = p_collection and d.id = l.id
    returning d.id, d.bytes, d.version, d.author
  ), noted as (
    insert into faibric.changes (app_id, collection, id, kind, version, author)
    select p_app, p_collection, g.id, 'd', g.version, g.author from gone g
  )
  select count(*), coalesce(sum(g.bytes), 0) into v_count, v_bytes from gone g;
  if v_count > 0 then
    perform faibric.count_usage(p_app, p_collection, -v_count, -v_bytes);
    perform faibric.prune_changes(p_app);
  end if;
  return v_count;
end $$;

-- Deletes all of a collection, and its counters when nothing came meanwhile: it then no longer counts as a collection.
create function faibric.clear_collection(p_app text, p_collection text) returns bigint language plpgsql as $$
declare v_count bigint;
begin
  v_count := faibric.delete_documents(p_app, p_collection, null, null);
  perform 1 from faibric.usage u where u.app_id = p_app and u.collection = p_collection order by u.slot for update;
  if (select coalesce(sum(u.documents), 0) from faibric.usage u
       where u.app_id = p_app and u.collection = p_collection) = 0 then
    delete from faibric.usage u where u.app_id = p_app and u.collection = p_collection;
  end if;
  return v_count;
end $$;
`;

/** Bulk writes, quotas that hold under concurrency, and clearing a collection. */
export const bulkAndQuotas: Migration = {
  name: '004-bulk-and-quotas',
  sql: QUOTA + CREATE_MANY + DELETE_MANY,
};
