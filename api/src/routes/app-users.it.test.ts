// Users of apps: what they can do, and that they are users of one app alone (claims B8, B10, B11).
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openBrowser } from '../../test/app-browser.ts';
import { newEmail, PASSWORD, SESSION, server, signUp, stored } from '../../test/app-users-rig.ts';
import { makeAppUserStore } from '../store/app-users.ts';

describe('a user of an app', () => {
  test('signs up, is known, logs out, logs in, changes the password', async () => {
    const browser = openBrowser(server, 'usersa');
    expect((await browser.auth('me')).json).toEqual({ user: null });
    const asked = { email: 'Ann@Example.org', password: PASSWORD, name: 'Ann' };
    const made = await browser.auth('signup', asked);
    expect(made.json.user).toEqual({ id: expect.any(String), email: 'Ann@Example.org', name: 'Ann' });
    expect((await browser.auth('me')).json).toEqual(made.json);
    expect((await browser.add('members', { n: 1 })).status).toBe(201);

    expect((await browser.auth('logout', {})).status).toBe(204);
    expect(browser.cookies.has(SESSION)).toBe(false);
    expect((await browser.add('members', { n: 2 })).json.code).toBe('sign_in_required');
    // The same address, typed differently.
    const back = await browser.auth('login', { email: ' ann@example.ORG ', password: PASSWORD });
    expect([back.status, back.json]).toEqual([200, made.json]);

    const change = { currentPassword: PASSWORD, newPassword: 'another long one' };
    expect((await browser.auth('password', { ...change, currentPassword: 'not it' })).json.code).toBe(
      'wrong_credentials',
    );
    expect((await browser.auth('password', change)).status).toBe(200);
    expect((await browser.auth('me')).json).toEqual(made.json);
    const old = await openBrowser(server, 'usersa').auth('login', { email: asked.email, password: PASSWORD });
    expect(old.json.code).toBe('wrong_credentials');
  });

  test('the session cookie is out of reach of scripts, other hosts and other sites', async () => {
    const answer = await openBrowser(server, 'usersa').auth('signup', {
      email: newEmail(),
      password: PASSWORD,
    });
    const cookie = [answer.headers['set-cookie'] ?? []].flat().find((line) => line.startsWith(SESSION)) ?? '';
    expect(cookie).toMatch(/^__Host-faibric-user=[\w-]{43}; /);
    for (const part of ['Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure', 'Max-Age=2592000'])
      expect(cookie).toContain(part);
    expect(cookie).not.toContain('Domain');
  });

  test('a second account with the same e-mail is refused, however it is written', async () => {
    const { email } = await signUp();
    const again = await openBrowser(server, 'usersa').auth('signup', {
      email: email.toUpperCase(),
      password: PASSWORD,
    });
    expect([again.status, again.json.code]).toEqual([409, 'email_taken']);
  });

  test('what a browser wrote as a visitor goes along at sign-up, and not at log-in', async () => {
    const browser = openBrowser(server, 'usersa');
    await browser.add('todos', { title: 'before the account' });
    const email = newEmail();
    await browser.auth('signup', { email, password: PASSWORD });
    await browser.add('todos', { title: 'with the account' });
    expect((await browser.documents('todos')).json.total).toBe(2);

    const phone = openBrowser(server, 'usersa');
    await phone.add('todos', { title: 'on the phone, as a visitor' });
    await phone.auth('login', { email, password: PASSWORD });
    const titles = (await phone.documents('todos')).json.items.map(
      (item: { data: { title: string } }) => item.data.title,
    );
    expect(titles).toEqual(['with the account', 'before the account']);
    await phone.auth('logout', {});
    expect((await phone.documents('todos')).json.total).toBe(1);
    await browser.auth('logout', {});
    expect((await browser.documents('todos')).json.total).toBe(0);
  });

  test('one user more than an app may have is refused, and nothing is left of it', async () => {
    const { id } = await signUp('usersc');
    const small = makeAppUserStore(server.pool, 1);
    const one = {
      email: 'more@example.org',
      name: null,
      password: 'hash',
      token: randomBytes(32),
      visitor: null,
    };
    expect(await small.create('usersc', one)).toBe('full');
    expect((await small.list('usersc', { limit: 10, offset: 0 })).items.map((user) => user.id)).toEqual([id]);
  });

  test('has at most twenty sessions; the one not used for longest ends first', async () => {
    const { email, auth } = await signUp();
    for (let i = 0; i < 20; i += 1)
      await openBrowser(server, 'usersa').auth('login', { email, password: PASSWORD });
    expect((await auth('me')).json.code).toBe('session_ended');
    const [row] = await stored(
      'select count(*)::int as n from faibric.app_sessions s join faibric.app_users u on u.id = s.user_id where u.email = $1',
      [email],
    );
    expect(row.n).toBe(20);
  });

  test.each([
    ['no e-mail address', { email: 'ann', password: PASSWORD }, 'email'],
    ['a short password', { email: 'a@example.org', password: '1234567' }, 'password'],
    ['a name of two lines', { email: 'a@example.org', password: PASSWORD, name: 'a\nb' }, 'name'],
    ['something more', { email: 'a@example.org', password: PASSWORD, role: 'admin' }, undefined],
  ])('%s is 400', async (_name, body, field) => {
    const answer = await openBrowser(server, 'usersa').auth('signup', body);
    expect([answer.status, answer.json.code, answer.json.field]).toEqual([400, 'invalid_body', field]);
  });
});

describe('B8: the owner and the users of an app', () => {
  test('B8: the owner lists and deletes users; an app’s host has no such list, another account no such app', async () => {
    const ann = await signUp('usersb');
    await ann.add('todos', { n: 1 });
    const path = '/api/projects/usersb/users/';
    const { json } = await server.send('GET', path);
    expect(json.total).toBe(1);
    expect(json.items).toEqual([
      {
        id: ann.id,
        email: ann.email,
        createdAt: expect.any(String),
        lastSeenAt: expect.any(String),
        documents: 1,
      },
    ]);
    expect((await ann.send('GET', path)).status).toBe(404);
    expect((await ann.send('DELETE', `${path}${ann.id}/`)).status).toBe(404);
    const bob = { headers: { 'x-test-account': 'bob' } };
    expect((await server.send('GET', path, bob)).json.code).toBe('not_found');
    expect((await server.send('DELETE', `${path}${ann.id}/`, bob)).json.code).toBe('not_found');
    expect((await ann.auth('me')).json.user.id).toBe(ann.id);

    // The id of a user of another app is nobody here.
    const other = await signUp('usersa');
    expect((await server.send('DELETE', `${path}${other.id}/`)).status).toBe(404);
    expect((await server.send('DELETE', `${path}${ann.id}/`)).status).toBe(204);
    expect((await ann.auth('me')).json.code).toBe('session_ended');
    expect((await server.send('GET', path)).json.total).toBe(0);
  });
});

describe('B10 B11: users are per app', () => {
  test('B6: without the API’s filter Postgres shows nobody, and with one app set no user or session of another', async () => {
    await Promise.all([signUp('usersa'), signUp('usersb')]);
    const client = await server.pool.connect();
    try {
      for (const table of ['app_users', 'app_sessions']) {
        expect((await client.query(`select * from faibric.${table}`)).rows).toEqual([]);
        await client.query('begin');
        await client.query("select set_config('faibric.app', 'usersa', true)");
        const { rows } = await client.query(`select distinct app_id from faibric.${table}`);
        expect(rows).toEqual([{ app_id: 'usersa' }]);
        expect((await client.query(`delete from faibric.${table} where app_id = 'usersb'`)).rowCount).toBe(0);
        await client.query('rollback');
      }
    } finally {
      client.release();
    }
  });

  test('B11: the same e-mail at another app is nobody there, and a session of one app is none at another', async () => {
    const ann = await signUp('usersa');
    const atB = openBrowser(server, 'usersb');
    const login = await atB.auth('login', { email: ann.email, password: PASSWORD });
    expect([login.status, login.json.code]).toEqual([401, 'wrong_credentials']);
    for (const path of ['/api/v1/db/usersb/members/', '/api/app-auth/me/']) {
      atB.cookies.set(SESSION, ann.cookies.get(SESSION) ?? '');
      const answer = await atB.send('GET', path);
      expect([answer.status, answer.json.code]).toEqual([401, 'session_ended']);
    }
    expect((await ann.auth('me')).status).toBe(200);
    // With the same password again it is another user, whose password fits there alone.
    const second = await signUp('usersb', ann.email);
    expect(second.id).not.toBe(ann.id);
  });

  test('B10: with its app a user and the sessions are gone, also for a new app of the same name', async () => {
    const ann = await signUp('usersc');
    await server.send('DELETE', '/api/projects/usersc/');
    expect((await ann.auth('me')).json.code).toBe('no_such_app');
    expect((await ann.auth('login', { email: ann.email, password: PASSWORD })).json.code).toBe('no_such_app');
    expect(await stored("select 1 from faibric.app_users where app_id = 'usersc'")).toEqual([]);
    expect(await stored("select 1 from faibric.app_sessions where app_id = 'usersc'")).toEqual([]);
  });
});
