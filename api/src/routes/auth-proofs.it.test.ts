// Sessions and personal access tokens, against the real database: what proves an account, and what ends that.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { fromElsewhere, type Person, personWith, sessionCookie, signUp } from '../../test/people.ts';
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
const signInAgain = async (person: Person): Promise<Person> => {
  const answer = await logIn(person.handle, person.password);
  expect(answer.status).toBe(200);
  return personWith(server, { ...person, cookie: sessionCookie(answer) });
};

describe('B16: what proves nobody', () => {
  let person: Person;
  beforeAll(async () => {
    person = await signUp(server, 'proofs');
  });
  const alg = (header: object): string =>
    `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${Buffer.from('{"sub":"proofs","role":"admin"}').toString('base64url')}.`;

  test('no cookie is 401', async () => {
    expect(await me({})).toBe(401);
  });
  test.each([
    ['an unsigned JSON web token', alg({ alg: 'none' })],
    ['one with an HMAC where a key pair is expected', `${alg({ alg: 'HS256' })}AAAA`],
    ['a session’s value with a character changed', 'A'.repeat(43)],
    ['nothing', ''],
    ['SQL', "' or '1'='1"],
  ])('%s is 401 as a cookie and as a bearer', async (_name, value) => {
    expect(await me({ cookie: `__Host-faibric-session=${value}` })).toBe(401);
    expect(await me({ authorization: `Bearer ${value}` })).toBe(401);
    expect(await me({ authorization: `Bearer fbr_${value}` })).toBe(401);
  });

  test('an altered session is 401', async () => {
    const altered = person.cookie.replace(/=(.)/, (_all, first) => `=${first === 'A' ? 'B' : 'A'}`);
    expect(await me({ cookie: altered })).toBe(401);
  });

  test('a session’s value is no bearer token, and a wrong bearer token is not saved by a good cookie', async () => {
    const value = person.cookie.split('=')[1];
    expect(await me({ authorization: `Bearer ${value}` })).toBe(401);
    expect(await me({ cookie: person.cookie, authorization: 'Bearer wrong' })).toBe(401);
  });

  test.each([
    ['was not used for seven days', "seen_at = now() - interval '7 days 1 minute'"],
    ['began thirty days ago', "created_at = now() - interval '30 days 1 minute', seen_at = now()"],
  ])('a session that %s is 401', async (_name, change) => {
    const again = await signInAgain(person);
    expect((await again.send('GET', '/api/auth/me/')).status).toBe(200);
    await asOwner(`update faibric_accounts.sessions set ${change} where account_id = $1`, [person.id]);
    expect((await again.send('GET', '/api/auth/me/')).status).toBe(401);
  });

  test('after logging out it is 401', async () => {
    const again = await signInAgain(person);
    const out = await again.send('POST', '/api/auth/logout/', { body: {} });
    expect([out.status, out.headers['set-cookie']]).toEqual([204, [expect.stringContaining('Max-Age=0')]]);
    expect((await again.send('GET', '/api/auth/me/')).status).toBe(401);
  });

  test('after a password change every other session and token is 401, and the new password works', async () => {
    const [one, other] = [await signInAgain(person), await signInAgain(person)];
    const made = await one.send('POST', '/api/auth/tokens/', { body: { name: 'cli' } });
    const bearer = { authorization: `Bearer ${made.json.token}` };
    expect(await me(bearer)).toBe(200);
    const body = { currentPassword: person.password, newPassword: 'another password' };
    const changed = await one.send('POST', '/api/auth/password/', { body });
    expect(changed.status).toBe(200);
    expect(await me({ cookie: sessionCookie(changed) })).toBe(200);
    expect(await me({ cookie: one.cookie })).toBe(401);
    expect(await me({ cookie: other.cookie })).toBe(401);
    expect(await me(bearer)).toBe(401);
    expect((await logIn('proofs', person.password)).status).toBe(401);
    expect((await logIn('proofs', 'another password')).status).toBe(200);
  });

  test('only digests of sessions and tokens are stored', async () => {
    const again = await signUp(server, 'digests');
    const { json } = await again.send('POST', '/api/auth/tokens/', { body: { name: 'x' } });
    const value = again.cookie.split('=')[1] ?? '';
    const dump = JSON.stringify([
      await asOwner('select * from faibric_accounts.sessions'),
      await asOwner('select * from faibric_accounts.tokens'),
    ]);
    expect(dump).not.toContain(value);
    expect(dump).not.toContain(json.token);
    expect(json.token).toMatch(/^fbr_[\w-]{43}$/);
  });
});

describe('sessions', () => {
  test('are listed with the one that asks marked, and ended one by one or all others at once', async () => {
    const person = await signUp(server, 'sessions');
    const [second, third] = [await signInAgain(person), await signInAgain(person)];
    const { json } = await person.send('GET', '/api/auth/sessions/');
    expect(json.items.map((item: { current: boolean }) => item.current).sort()).toEqual([false, false, true]);
    expect(json.items[0]).toEqual({
      ...{ id: expect.any(String), createdAt: expect.any(String), seenAt: expect.any(String) },
      ...{ address: expect.stringMatching(/^198\.18\./), userAgent: '', current: expect.any(Boolean) },
    });
    const mine = (await second.send('GET', '/api/auth/sessions/')).json.items;
    const { id } = mine.find((item: { current: boolean }) => item.current);
    expect((await person.send('DELETE', `/api/auth/sessions/${id}/`)).status).toBe(204);
    expect((await second.send('GET', '/api/auth/me/')).status).toBe(401);
    expect((await person.send('DELETE', '/api/auth/sessions/')).status).toBe(204);
    expect((await third.send('GET', '/api/auth/me/')).status).toBe(401);
    expect((await person.send('GET', '/api/auth/me/')).status).toBe(200);
  });

  test('of somebody else are not there', async () => {
    const [one, other] = [await signUp(server, 'one'), await signUp(server, 'other')];
    const { id } = (await one.send('GET', '/api/auth/sessions/')).json.items[0];
    expect((await other.send('DELETE', `/api/auth/sessions/${id}/`)).status).toBe(404);
    expect((await one.send('GET', '/api/auth/me/')).status).toBe(200);
  });

  test('do not become more than fifty: the one that was not used for longest goes', async () => {
    const person = await signUp(server, 'many');
    await asOwner(
      `insert into faibric_accounts.sessions (token_hash, account_id, address, user_agent, seen_at)
       select sha256(n::text::bytea), $1, '', '', now() + n * interval '1 second' from generate_series(1, 60) n`,
      [person.id],
    );
    const again = await signInAgain(person);
    const { json } = await again.send('GET', '/api/auth/sessions/');
    expect(json.items).toHaveLength(50);
    expect((await person.send('GET', '/api/auth/me/')).status).toBe(401);
  });
});

describe('personal access tokens', () => {
  let person: Person;
  let token: string;
  let id: string;
  beforeAll(async () => {
    person = await signUp(server, 'tokens');
    const { json } = await person.send('POST', '/api/auth/tokens/', {
      body: { name: 'laptop', expiresInDays: 30 },
    });
    ({ token, id } = json);
  });
  const withToken = (method: string, path: string, body?: unknown) =>
    server.send(method, path, {
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body }),
    });

  test('do what the account does with apps, without a cookie', async () => {
    const made = await withToken('POST', '/api/projects/', { prompt: 'A list of my plants' });
    expect([made.status, made.json.owner]).toEqual([201, 'tokens']);
    expect((await withToken('GET', '/api/projects/')).json.items).toHaveLength(1);
    expect((await withToken('GET', '/api/auth/me/')).json.account.handle).toBe('tokens');
  });

  test('are listed without their secret', async () => {
    const { text, json } = await person.send('GET', '/api/auth/tokens/');
    expect(text).not.toContain(token);
    expect(json.items).toEqual([
      {
        id,
        name: 'laptop',
        createdAt: expect.any(String),
        expiresAt: expect.any(String),
        usedAt: expect.any(String),
      },
    ]);
  });

  test.each([
    ['GET', '/api/auth/sessions/', undefined],
    ['DELETE', '/api/auth/sessions/', undefined],
    ['GET', '/api/auth/tokens/', undefined],
    ['POST', '/api/auth/tokens/', { name: 'child' }],
    ['POST', '/api/auth/password/', { newPassword: 'a fine password' }],
  ])('may not %s %s', async (method, path, body) => {
    expect([(await withToken(method, path, body)).status]).toEqual([403]);
  });

  test('B16: end when they expire and when they are revoked', async () => {
    const { json } = await person.send('POST', '/api/auth/tokens/', { body: { name: 'short' } });
    const bearer = { authorization: `Bearer ${json.token}` };
    expect(await me(bearer)).toBe(200);
    await asOwner('update faibric_accounts.tokens set expires_at = now() where id = $1', [json.id]);
    expect(await me(bearer)).toBe(401);
    expect((await person.send('DELETE', `/api/auth/tokens/${id}/`)).status).toBe(204);
    expect((await withToken('GET', '/api/auth/me/')).status).toBe(401);
    expect((await person.send('DELETE', `/api/auth/tokens/${id}/`)).status).toBe(404);
  });
});
