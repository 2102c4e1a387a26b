// Reading the feed of changes, and what a sign-up means for it: the documents that become the user's leave the view of the
// visitor who wrote them, in all open pages of that browser.
import type { Migration } from './migration.ts';

// One snapshot for the feed and the documents. The horizon is the oldest transaction still open: changes at or beyond it
// wait, because one with a lower id may yet be committed. p_xid null: only where the feed is now.
const READ = `
create function faibric.read_changes(p_app text, p_xid xid8, p_seq bigint, p_collections text[], p_most integer)
returns table (
  app_id text, horizon xid8, next xid8, seconds bigint, waiting boolean,
  xid xid8, seq bigint, collection text, id uuid, kind "char", change_author text,
  author text, data text, created_at text, updated_at text, version integer)
language plpgsql as $$
#variable_conflict use_column
begin
  perform set_config('faibric.app', p_app, true);
  return query
    with h as (
      select pg_snapshot_xmin(pg_current_snapshot()) as horizon, pg_snapshot_xmax(pg_current_snapshot()) as next,
        extract(epoch from clock_timestamp())::bigint as seconds)
    select p_app, h.horizon, h.next, h.seconds,
      exists (select 1 from faibric.changes w
        where w.app_id = p_app and w.xid >= h.horizon and w.collection = any(p_collections)),
      c.xid, c.seq, c.collection, c.id, c.kind, c.author,
      d.author, d.data::text, (d.created_at at time zone 'UTC')::text, (d.updated_at at time zone 'UTC')::text, d.version
    from h
    left join lateral (
      select * from faibric.changes f
      where f.app_id = p_app and (f.xid, f.seq) > (p_xid, p_seq) and f.xid < h.horizon
        and f.collection = any(p_collections)
      order by f.xid, f.seq limit p_most) c on true
    left join faibric.documents d on d.app_id = p_app and d.collection = c.collection and d.id = c.id
    order by c.xid, c.seq;
end $$;
`;

const SIGN_UP = `
create or replace function faibric.create_app_user(
  p_app text, p_email text, p_email_key text, p_name text, p_password text, p_token bytea, p_visitor text, p_most integer)
returns table (outcome text, id uuid) language plpgsql as $$
#variable_conflict use_column
declare v_id uuid := gen_random_uuid();
begin
  perform set_config('faibric.app', p_app, true);
  if (select count(*) from faibric.app_users u where u.app_id = p_app) >= p_most then
    return query select 'full', null::uuid; return;
  end if;
  insert into faibric.app_users (app_id, id, email, email_key, name, password)
  values (p_app, v_id, p_email, p_email_key, p_name, p_password) on conflict (app_id, email_key) do nothing;
  if not found then return query select 'taken', null::uuid; return; end if;
  insert into faibric.app_sessions (app_id, token_hash, user_id) values (p_app, p_token, v_id);
  if p_visitor is not null then
    with claimed as (
      update faibric.documents d set author = 'u:' || v_id where d.app_id = p_app and d.author = p_visitor
      returning d.collection, d.id, d.version)
    insert into faibric.changes (app_id, collection, id, kind, version, author)
    select p_app, c.collection, c.id, 'u', c.version, p_visitor from claimed c;
  end if;
  return query select 'ok', v_id;
end $$;
`;

/** The reader of the feed. */
export const LIVE_CHANGES: Migration = { name: '011-live-changes', sql: READ + SIGN_UP };
