// One's own account, against the real database: signing up and in, sessions, tokens, and what ends them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fromElsewhere,
  type Person,
  personWith,
  SETUP_TOKEN,
  sessionCookie,
  signUp,
} from '../../test/accounts-rig.ts';
import { startServer, type TestServer } from '../../test/api-server.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';

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

const asOwner = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => {
  const client = await connectAsOwner(postgres.port, database);
  const { rows } = await client.query(sql, values);
  await client.end();
  return rows;
};
const logIn = (handle: string, password: string, headers = fromElsewhere()) =>
  server.send('POST', '/api/auth/login/', { body: { handle, password }, headers });
const me = async (headers: Record<string, string>): Promise<number> =>
  (await server.send('GET', '/api/auth/me/', { headers })).status;
const signInAgain = async (person: Person): Promise<Person> => {
  const answer = await logIn(person.handle, person.password);
  expect(answer.status).toBe(200);
  return personWith(server, { ...person, cookie: sessionCookie(answer) });
};

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
  for (const name of [
    'signed_up',
    'signed_in',
    'sign_in_failed',
    'signed_out',
    'password_changed',
    'token_made',
  ]) {
    expect(names).toContain(name);
  }
  expect(JSON.stringify(rows)).not.toMatch(/password of|fine password|fbr_|argon2/);
});
