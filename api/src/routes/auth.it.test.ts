// Signing up and logging in, against the real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SETUP_TOKEN } from '../../test/accounts-rig.ts';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { fromElsewhere, sessionCookie, signUp } from '../../test/people.ts';
import { queryAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';

let postgres: TestPostgres;
let server: TestServer;
let database: string;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.database();
  server = await startServer(postgres, database, { accounts: {} });
});
afterAll(async () => {
  await server?.close();
  await postgres?.stop();
});

const asOwner = (sql: string, values?: readonly unknown[]) =>
  queryAsOwner({ port: postgres.port, database }, sql, values);
const logIn = (handle: string, password: string, headers = fromElsewhere()) =>
  server.send('POST', '/api/auth/login/', { body: { handle, password }, headers });
const me = async (headers: Record<string, string>): Promise<number> =>
  (await server.send('GET', '/api/auth/me/', { headers })).status;

describe('signing up', () => {
  test('makes an account, signs it in with a cookie that scripts cannot read, and says who it is', async () => {
    const body = { handle: 'grace', password: 'a fine password', name: 'Grace H.' };
    const answer = await server.send('POST', '/api/auth/signup/', { body, headers: fromElsewhere() });
    expect([answer.status, answer.json]).toEqual([
      201,
      {
        mode: 'accounts',
        account: { id: expect.any(String), handle: 'grace', name: 'Grace H.', role: 'user' },
        limits: { apps: 20, tokensPerDay: null },
      },
    ]);
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-faibric-session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
      ),
    ]);
    expect(await me({ cookie: sessionCookie(answer) })).toBe(200);
  });

  test.each([
    ['a reserved word', { handle: 'api' }, 409],
    ['the owner of apps that name none', { handle: 'me' }, 409],
    ['a handle that is no label', { handle: 'Ada.L' }, 400],
    ['an empty password', { password: '' }, 400],
    ['a short password', { password: '1234567' }, 400],
    ['B13: a password of 1,025 characters', { password: 'x'.repeat(1_025) }, 400],
    ['a name with a line break', { name: 'a\nb' }, 400],
    ['a role of one’s own choice', { role: 'admin' }, 400],
    ['an invite that nobody made', { invite: 'x'.repeat(43) }, 403],
  ])('%s is refused', async (_name, change, status) => {
    const body = { handle: 'newcomer', password: 'a fine password', ...change };
    const answer = await server.send('POST', '/api/auth/signup/', { body, headers: fromElsewhere() });
    expect(answer.status).toBe(status);
  });

  test('B13: a password of a megabyte is refused before it is looked at', async () => {
    const body = { handle: 'newcomer', password: 'x'.repeat(1_048_576) };
    const answer = await server.send('POST', '/api/auth/signup/', { body, headers: fromElsewhere() });
    expect([answer.status, answer.json.code]).toEqual([413, 'payload_too_large']);
  });

  test('a handle is taken once, also by twenty at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        server.send('POST', '/api/auth/signup/', {
          body: { handle: 'popular', password: `password of ${i}` },
          headers: fromElsewhere(),
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
  });

  test('the setup token makes the first admin, once, also when two use it at the same moment', async () => {
    expect((await server.send('GET', '/api/auth/config/')).json.setup).toBe(true);
    const answers = await Promise.allSettled([
      signUp(server, 'first', SETUP_TOKEN),
      signUp(server, 'second', SETUP_TOKEN),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(signUp(server, 'third', SETUP_TOKEN)).rejects.toThrow('invite is not valid');
    expect((await server.send('GET', '/api/auth/config/')).json).toEqual({
      ...{ mode: 'accounts', signUp: 'open', setup: false, oidc: null },
    });
  });

  test('B12: what is stored is an argon2id hash with 19 MiB, two passes and a salt of its own', async () => {
    await signUp(server, 'hash-one');
    await signUp(server, 'hash-two');
    const rows = await asOwner(
      "select password_hash as hash from faibric_accounts.accounts where handle like 'hash-%'",
    );
    const parts = rows.map(({ hash }) => String(hash).split('$'));
    expect(parts.map(([, name, version, cost]) => [name, version, cost])).toEqual(
      Array(2).fill(['argon2id', 'v=19', 'm=19456,t=2,p=1']),
    );
    expect(parts[0]?.[4]).not.toBe(parts[1]?.[4]);
  });
});

describe('logging in', () => {
  test('ends the session that the browser had', async () => {
    const person = await signUp(server, 'rotate');
    const headers = { ...fromElsewhere(), cookie: person.cookie };
    const answer = await logIn('rotate', person.password, headers);
    expect(sessionCookie(answer)).not.toBe(person.cookie);
    expect(await me({ cookie: person.cookie })).toBe(401);
  });

  test('B14: unknown handle, wrong password, disabled and password-less account give one answer', async () => {
    const person = await signUp(server, 'same');
    await signUp(server, 'off');
    await asOwner("update faibric_accounts.accounts set disabled_at = now() where handle = 'off'");
    const answers = [
      await logIn('nobody-at-all', 'a fine password'),
      await logIn(person.handle, 'wrong password'),
      await logIn('off', 'the password of off'),
      await logIn('Not A Handle', 'x'),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.json.code).toBe('wrong_credentials');
  });

  test('B15: ten wrong passwords from ten addresses pause the account; its own address and time get it in', async () => {
    let time = Date.now();
    const slow = await startServer(postgres, await postgres.database(), { accounts: {}, now: () => time });
    const owner = await signUp(slow, 'owner');
    const home = fromElsewhere();
    const attempt = (password: string, headers = fromElsewhere()) =>
      slow.send('POST', '/api/auth/login/', { body: { handle: 'owner', password }, headers });
    expect((await attempt(owner.password, home)).status).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 10; i += 1) statuses.push((await attempt('wrong')).status);
    expect(statuses).toEqual([...Array(5).fill(401), ...Array(5).fill(429)]);
    const elsewhere = await attempt(owner.password);
    expect([elsewhere.status, Number(elsewhere.headers['retry-after']) >= 1]).toEqual([429, true]);
    expect((await attempt(owner.password, home)).status).toBe(200);
    expect((await slow.send('GET', '/api/auth/me/', { headers: { cookie: owner.cookie } })).status).toBe(200);
    for (let i = 0; i < 12; i += 1) {
      await attempt('wrong');
      time += 60_000;
    }
    expect((await attempt(owner.password)).status).toBe(200);
    await slow.close();
  });

  test('B13: of 200 log-ins at once each is answered: let in, refused or told to come back', async () => {
    const person = await signUp(server, 'crowd');
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => logIn(i % 2 ? person.handle : `crowd-${i}`, person.password)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => ![200, 401, 429, 503].includes(status))).toEqual([]);
    expect(statuses.filter((status) => status === 429 || status === 503).length).toBeGreaterThan(0);
    expect((await server.send('GET', '/healthz')).status).toBe(200);
  });
});

describe('B17: a page of another site', () => {
  const evil = { origin: 'http://evil.test', 'sec-fetch-site': 'cross-site' };

  test('cannot log anybody in or out, whatever it sends', async () => {
    const person = await signUp(server, 'victim');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const plain = { 'content-type': 'text/plain' };
    const tries = [
      await person.send('POST', '/api/auth/logout/', { body: '{}', headers: { ...evil, ...plain } }),
      await person.send('POST', '/api/auth/logout/', { body: '', headers: { ...evil, ...form } }),
      await person.send('POST', '/api/auth/logout/', { body: '{}', headers: plain }),
      await person.send('POST', '/api/auth/logout/', { body: 'a=b', headers: form }),
      await person.send('DELETE', '/api/auth/sessions/', { headers: evil }),
      await person.send('POST', '/api/auth/login/', {
        body: { handle: 'victim', password: person.password },
        headers: evil,
      }),
    ];
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 415, 415, 403, 403]);
    expect(tries.flatMap(({ headers }) => headers['set-cookie'] ?? [])).toEqual([]);
    expect((await person.send('GET', '/api/auth/me/')).status).toBe(200);
  });

  test('an image’s address changes nothing: what changes something is no GET', async () => {
    const person = await signUp(server, 'pictures');
    for (const path of [
      '/api/auth/logout/',
      '/api/auth/password/',
      '/api/auth/signup/',
      '/api/auth/login/',
    ]) {
      expect((await person.send('GET', path)).status).toBe(405);
    }
    expect((await person.send('GET', '/api/auth/me/')).status).toBe(200);
  });
});

test('a row per event is kept, without anything secret', async () => {
  const rows = await asOwner('select * from faibric_accounts.events');
  const names = new Set(rows.map(({ event }) => event));
  for (const name of ['signed_up', 'signed_in', 'sign_in_failed']) {
    expect(names).toContain(name);
  }
  expect(JSON.stringify(rows)).not.toMatch(/password of|fine password|fbr_|argon2/);
});
