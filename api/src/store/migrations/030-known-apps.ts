// The apps that this platform has seen, so that the data of one that is deleted without the API can be dropped later, and
// only then. Rows of all apps are looked at together, under the setting `*`, which is no app's id and reaches this table alone.
import { appOnly, type Migration } from './migration.ts';

const TABLE = `
create table faibric.known_apps (
  app_id text primary key,
  name text not null,
  uid text not null,
  keep_data boolean not null,
  -- Since when the cluster has no such app, and whether its deletion was watched; null and false while it has.
  missing_since timestamptz,
  deletion_seen boolean not null default false
);
${appOnly('known_apps')}
create policy all_apps on faibric.known_apps
  using (current_setting('faibric.app', true) = '*')
  with check (current_setting('faibric.app', true) = '*');
`;

const NOTE = `
create function faibric.note_apps(p_apps jsonb) returns void language plpgsql as $$
begin
  perform set_config('faibric.app', '*', true);
  insert into faibric.known_apps as k (app_id, name, uid, keep_data)
  select a.id, a.name, a.uid, a.keep from jsonb_to_recordset(p_apps) as a(id text, name text, uid text, keep boolean)
  on conflict (app_id) do update
    set name = excluded.name, uid = excluded.uid, keep_data = excluded.keep_data,
        missing_since = null, deletion_seen = false;
end $$;

create function faibric.note_deletion(p_id text, p_uid text, p_keep boolean) returns void language plpgsql as $$
begin
  perform set_config('faibric.app', '*', true);
  update faibric.known_apps k
     set missing_since = coalesce(k.missing_since, clock_timestamp()), deletion_seen = true, keep_data = p_keep
   where k.app_id = p_id and k.uid = p_uid;
end $$;

create function faibric.forget_app(p_id text) returns void language plpgsql as $$
begin
  perform set_config('faibric.app', '*', true);
  delete from faibric.known_apps k where k.app_id = p_id;
end $$;
`;

// The database's own clock decides, so that neither a restart nor another replica's clock shortens the grace.
const MISSING = `
create function faibric.missing_apps(p_present text[], p_grace_seen interval, p_grace_unseen interval)
returns table (id text, name text, uid text, keep boolean, seen boolean) language plpgsql as $$
begin
  perform set_config('faibric.app', '*', true);
  update faibric.known_apps k set missing_since = null, deletion_seen = false
   where k.app_id = any (p_present) and k.missing_since is not null;
  update faibric.known_apps k set missing_since = clock_timestamp()
   where not k.app_id = any (p_present) and k.missing_since is null;
  return query
    select k.app_id, k.name, k.uid, k.keep_data, k.deletion_seen from faibric.known_apps k
     where k.missing_since <= clock_timestamp() - case when k.deletion_seen then p_grace_seen else p_grace_unseen end
     order by k.missing_since limit 100;
end $$;
`;

/** The registry of apps. */
export const KNOWN_APPS: Migration = { name: '030-known-apps', sql: TABLE + NOTE + MISSING };
