// Users of apps and their sessions. Each app has its own: the same e-mail at two apps is two users, and row-level
// security holds every statement to one app, as it does for documents. Passwords and tokens come here hashed only.
import { SESSION_IDLE_DAYS, SESSION_MAX_DAYS } from '../../contract/limits.ts';
import { appOnly, type Migration } from './migration.ts';

const TABLES = `
-- email as the user wrote it; email_key is what must be unique (lower case, NFC).
create table faibric.app_users (
  app_id text not null,
  id uuid not null default gen_random_uuid(),
  email text not null,
  email_key text not null,
  name text,
  password text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (app_id, id),
  unique (app_id, email_key)
);
create index app_users_created on faibric.app_users (app_id, created_at, id);

create table faibric.app_sessions (
  app_id text not null,
  token_hash bytea not null,
  user_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  used_at timestamptz not null default clock_timestamp(),
  primary key (app_id, token_hash),
  foreign key (app_id, user_id) references faibric.app_users (app_id, id) on delete cascade
);
create index app_sessions_user on faibric.app_sessions (app_id, user_id, created_at);
${appOnly('app_users')}
${appOnly('app_sessions')}
`;

// Times are the database's alone: one clock, whatever the replicas' clocks say.
const SESSIONS = `
create function faibric.session_is_live(s faibric.app_sessions) returns boolean language sql stable as $$
  select s.used_at > clock_timestamp() - interval '${SESSION_IDLE_DAYS} days'
     and s.created_at > clock_timestamp() - interval '${SESSION_MAX_DAYS} days'
$$;

-- The user of a session; notes its use, at most once an hour.
create function faibric.app_session_user(p_app text, p_token bytea)
returns table (id uuid, email text, name text) language plpgsql as $$
#variable_conflict use_column
declare v_session faibric.app_sessions;
begin
  perform set_config('faibric.app', p_app, true);
  select * into v_session from faibric.app_sessions s where s.app_id = p_app and s.token_hash = p_token;
  if not found or not faibric.session_is_live(v_session) then return; end if;
  if v_session.used_at < clock_timestamp() - interval '1 hour' then
    update faibric.app_sessions s set used_at = clock_timestamp() where s.app_id = p_app and s.token_hash = p_token;
  end if;
  return query select u.id, u.email, u.name from faibric.app_users u
    where u.app_id = p_app and u.id = v_session.user_id;
end $$;

-- A new session, if the password is still the one that was checked. The user's dead and, beyond p_most, oldest ones go.
create function faibric.start_app_session(p_app text, p_user uuid, p_password text, p_token bytea, p_most integer)
returns boolean language plpgsql as $$
begin
  perform set_config('faibric.app', p_app, true);
  perform 1 from faibric.app_users u where u.app_id = p_app and u.id = p_user and u.password = p_password for share;
  if not found then return false; end if;
  delete from faibric.app_sessions s where s.app_id = p_app and s.user_id = p_user and (
    not faibric.session_is_live(s) or s.token_hash in (
      select o.token_hash from faibric.app_sessions o where o.app_id = p_app and o.user_id = p_user
      order by o.used_at desc offset p_most - 1));
  insert into faibric.app_sessions (app_id, token_hash, user_id) values (p_app, p_token, p_user);
  return true;
end $$;

create function faibric.end_app_session(p_app text, p_token bytea) returns void language plpgsql as $$
begin
  perform set_config('faibric.app', p_app, true);
  delete from faibric.app_sessions s where s.app_id = p_app and s.token_hash = p_token;
end $$;
`;

const USERS = `
-- What a log-in needs: the user and the hash to compare with.
create function faibric.find_app_user(p_app text, p_email_key text)
returns table (id uuid, email text, name text, password text) language plpgsql as $$
#variable_conflict use_column
begin
  perform set_config('faibric.app', p_app, true);
  return query select u.id, u.email, u.name, u.password from faibric.app_users u
    where u.app_id = p_app and u.email_key = p_email_key;
end $$;

-- Replaces the password that was checked, and ends all sessions but the one that asked.
create function faibric.change_app_password(p_app text, p_user uuid, p_old text, p_new text, p_keep bytea)
returns boolean language plpgsql as $$
begin
  perform set_config('faibric.app', p_app, true);
  update faibric.app_users u set password = p_new where u.app_id = p_app and u.id = p_user and u.password = p_old;
  if not found then return false; end if;
  delete from faibric.app_sessions s where s.app_id = p_app and s.user_id = p_user and s.token_hash <> p_keep;
  return true;
end $$;

create function faibric.delete_app_user(p_app text, p_user uuid) returns boolean language plpgsql as $$
begin
  perform set_config('faibric.app', p_app, true);
  delete from faibric.app_users u where u.app_id = p_app and u.id = p_user;
  return found;
end $$;
`;

// An account takes along what its browser wrote before: the visitor's documents become the user's. At a log-in not,
// because a shared browser's visitor is nobody in particular.
const SIGN_UP = `
create function faibric.create_app_user(
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
    update faibric.documents d set author = 'u:' || v_id where d.app_id = p_app and d.author = p_visitor;
  end if;
  return query select 'ok', v_id;
end $$;
`;

// Whatever drop_app was: users and their sessions go first, in the same transaction.
const DROP = `
alter function faibric.drop_app(text) rename to drop_app_documents;
create function faibric.drop_app(p_app text) returns bigint language plpgsql as $$
begin
  perform set_config('faibric.app', p_app, true);
  delete from faibric.app_users where app_id = p_app;
  return faibric.drop_app_documents(p_app);
end $$;
`;

/** Tables and functions of app users. */
export const APP_USERS: Migration = {
  name: '010-app-users',
  sql: TABLES + SESSIONS + USERS + SIGN_UP + DROP,
};
