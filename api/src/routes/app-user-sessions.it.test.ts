// What guards the accounts of an app's users: passwords, guessing, tokens, other sites' pages (claims B12 to B17).
import { describe, expect, test } from 'vitest';
import { startServer } from '../../test/api-server.ts';
import { openBrowser } from '../../test/app-browser.ts';
import {
  database,
  newEmail,
  now,
  PASSWORD,
  pass,
  postgres,
  SESSION,
  server,
  signUp,
  stored,
} from '../../test/app-users-rig.ts';

describe('B12 B13: passwords', () => {
  test('B12: what is stored is argon2id with at least 19 MiB and two passes, with a salt for each user', async () => {
    const [ann, bob] = [await signUp(), await signUp()];
    const rows = await stored('select password from faibric.app_users where id = any($1::uuid[])', [
      [ann.id, bob.id],
    ]);
    const parts = rows.map(({ password }) =>
      /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$[^$]+$/.exec(password),
    );
    for (const found of parts) {
      expect(Number(found?.[1])).toBeGreaterThanOrEqual(19_456);
      expect(Number(found?.[2])).toBeGreaterThanOrEqual(2);
      expect(Number(found?.[3])).toBe(1);
    }
    expect(parts[0]?.[4]).not.toBe(parts[1]?.[4]);
  });

  test('B13: of 200 log-ins at once some are told to come back, the rest are answered, and nothing breaks', async () => {
    const { email } = await signUp();
    const addresses = Array.from({ length: 200 }, (_, i) => openBrowser(server, 'usersa', `203.0.113.${i}`));
    const answers = await Promise.all(
      addresses.map((browser, i) =>
        browser.auth('login', { email: i % 2 === 0 ? `x${i}@example.org` : email, password: 'no' }),
      ),
    );
    const kinds = new Set(answers.map(({ status, json }) => `${status} ${json.code}`));
    expect([...kinds].sort()).toEqual(['401 wrong_credentials', '429 rate_limited', '503 unavailable']);
    for (const { status, headers } of answers)
      if (status !== 401) expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
  });

  test.each([
    ['of a megabyte', 'x'.repeat(1_000_000), 413, 'payload_too_large'],
    ['one character too long', 'x'.repeat(1025), 400, 'invalid_body'],
    ['empty', '', 400, 'invalid_body'],
  ])('B13: a password %s is refused before it is hashed', async (_name, password, status, code) => {
    for (const name of ['login', 'signup']) {
      const answer = await openBrowser(server, 'usersa', '192.0.2.77').auth(name, {
        email: 'a@example.org',
        password,
      });
      expect([answer.status, answer.json.code]).toEqual([status, code]);
    }
  });

  test.each([
    ['73 bytes that differ in the last', `${'x'.repeat(72)}a`, `${'x'.repeat(72)}b`],
    ['1,024 characters that differ in the last', `${'x'.repeat(1023)}a`, `${'x'.repeat(1023)}b`],
    ['composed and decomposed letters', 'p\u00e4ssw\u00f6rter', 'pa\u0308sswo\u0308rter'],
  ])('B13: twins are two passwords: %s', async (_name, one, twin) => {
    const email = newEmail();
    const browser = openBrowser(server, 'usersa', '192.0.2.78');
    expect((await browser.auth('signup', { email, password: one })).status).toBe(201);
    expect((await browser.auth('login', { email, password: twin })).json.code).toBe('wrong_credentials');
    expect((await browser.auth('login', { email, password: one })).status).toBe(200);
  });
});

describe('B14 B15: guessing', () => {
  test('B14: an unknown e-mail and a wrong password have the same answer', async () => {
    const { email } = await signUp();
    const ask = (who: string, i: number) =>
      openBrowser(server, 'usersa', `203.0.113.${100 + i}`).auth('login', { email: who, password: 'wrong' });
    for (let i = 0; i < 4; i += 1) {
      const [known, unknown] = [await ask(email, i), await ask(newEmail(), i)];
      expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
      expect(Object.keys(unknown.headers)).toEqual(Object.keys(known.headers));
    }
  });

  test('B15: ten wrong passwords from ten addresses slow down the next, and the owner comes in all the same', async () => {
    const ann = await signUp();
    const guess = (i: number) =>
      openBrowser(server, 'usersa', `203.0.113.${i}`).auth('login', {
        email: ann.email,
        password: `guess ${i}`,
      });
    const statuses: number[] = [];
    for (let i = 0; i < 10; i += 1) statuses.push((await guess(i)).status);
    expect(statuses).toContain(429);
    const stranger = openBrowser(server, 'usersa', '203.0.113.200');
    const held = await stranger.auth('login', { email: ann.email, password: PASSWORD });
    expect([held.status, held.json.code]).toEqual([429, 'rate_limited']);
    // Never for ever: after the pause that the answer names, the right password opens.
    pass(Number(held.headers['retry-after']));
    expect((await stranger.auth('login', { email: ann.email, password: PASSWORD })).status).toBe(200);
    // And from where the owner signed in before, strangers' guesses cost no wait at all.
    for (let i = 20; i < 30; i += 1) await guess(i);
    expect((await stranger.auth('login', { email: ann.email, password: PASSWORD })).status).toBe(200);
  });

  test('more than 20 log-ins a second from one address at one app are 429, at another app they are not', async () => {
    const limited = await startServer(postgres, database, {
      apps: ['usersa', 'usersb'],
      loginsPerSecond: 20,
      now,
    });
    const statuses = (app: string) =>
      Promise.all(
        Array.from({ length: 25 }, () =>
          openBrowser(limited, app).auth('login', { email: 'x', password: '' }),
        ),
      );
    const codes = (await statuses('usersa')).map(({ json }) => json.code);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(5);
    const [one] = await statuses('usersb');
    expect(one?.json.code).toBe('invalid_body');
    await limited.close();
  });
});

describe('B16: tokens', () => {
  const jwt = (header: object) =>
    `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${Buffer.from('{"sub":"1"}').toString('base64url')}.`;
  test.each([
    ['alg none', jwt({ alg: 'none' })],
    ['HS for RS', `${jwt({ alg: 'HS256' })}${'A'.repeat(43)}`],
    ['an id of a user', '00000000-0000-0000-0000-000000000000'],
    ['random', 'A'.repeat(43)],
  ])('B16: %s is 401', async (_name, token) => {
    const browser = openBrowser(server, 'usersa');
    browser.cookies.set(SESSION, token);
    expect((await browser.auth('me')).status).toBe(401);
    // The browser was told to forget it.
    expect(browser.cookies.has(SESSION)).toBe(false);
  });

  test('B16: altered, after log-out, after a password change elsewhere, after its time: 401 each', async () => {
    const ann = await signUp();
    const token = ann.cookies.get(SESSION) ?? '';
    const status = async (value: string, path = '/api/app-auth/me/') => {
      const browser = openBrowser(server, 'usersa');
      browser.cookies.set(SESSION, value);
      return (await browser.send('GET', path)).status;
    };
    expect(await status(token)).toBe(200);
    expect(await status(`${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`)).toBe(401);

    const phone = openBrowser(server, 'usersa');
    await phone.auth('login', { email: ann.email, password: PASSWORD });
    const phoneToken = phone.cookies.get(SESSION) ?? '';
    await phone.auth('password', { currentPassword: PASSWORD, newPassword: 'a new long password' });
    expect([await status(token), await status(token, '/api/v1/db/usersa/members/')]).toEqual([401, 401]);
    expect(await status(phoneToken)).toBe(200);

    await phone.auth('logout', {});
    expect(await status(phoneToken)).toBe(401);

    for (const age of [
      "used_at = now() - interval '7 days 1 second'",
      "created_at = now() - interval '30 days 1 second'",
    ]) {
      const bob = await signUp();
      await stored(`update faibric.app_sessions set ${age} where user_id = $1`, [bob.id]);
      expect(await status(bob.cookies.get(SESSION) ?? ''), age).toBe(401);
    }
  });

  test('B16: a token is 256 random bits and stored as a digest only', async () => {
    const ann = await signUp();
    const token = ann.cookies.get(SESSION) ?? '';
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const [row] = await stored('select token_hash from faibric.app_sessions where user_id = $1', [ann.id]);
    expect(row.token_hash).toHaveLength(32);
    expect(row.token_hash.toString('base64url')).not.toBe(token);
  });

  test('a log-in replaces the session that the browser had', async () => {
    const ann = await signUp();
    const before = ann.cookies.get(SESSION) ?? '';
    await ann.auth('login', { email: ann.email, password: PASSWORD });
    expect(ann.cookies.get(SESSION)).not.toBe(before);
    const old = openBrowser(server, 'usersa');
    old.cookies.set(SESSION, before);
    expect((await old.auth('me')).status).toBe(401);
  });
});

describe('B17: nothing changes by another site’s doing', () => {
  test.each([
    [
      'a form of another site',
      { origin: 'https://evil.test', 'content-type': 'application/x-www-form-urlencoded' },
      403,
    ],
    ['JSON as text/plain', { 'content-type': 'text/plain' }, 415],
    ['another app’s page', { origin: 'http://me-b-usersb.localhost', 'sec-fetch-site': 'same-site' }, 403],
  ])('B17: %s signs nobody up or out', async (_name, headers, status) => {
    const ann = await signUp();
    const body = JSON.stringify({ email: newEmail(), password: PASSWORD });
    const host = { host: 'me-a-usersa.localhost' };
    expect((await ann.send('POST', '/api/app-auth/signup/', body, { ...headers, ...host })).status).toBe(
      status,
    );
    if (status === 403)
      expect((await ann.send('POST', '/api/app-auth/logout/', body, { ...headers, ...host })).status).toBe(
        403,
      );
    expect((await ann.auth('me')).json.user.id).toBe(ann.id);
  });

  test.each(['login', 'signup', 'logout', 'password'])('B17: GET on %s does nothing', async (name) => {
    const ann = await signUp();
    expect((await ann.send('GET', `/api/app-auth/${name}/`)).status).toBe(405);
    expect((await ann.auth('me')).json.user.id).toBe(ann.id);
  });
});
