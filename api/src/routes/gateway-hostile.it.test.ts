// The gateway over HTTP in front of an upstream that misbehaves, with a real Redis: what an app gets, what is kept, and
// that the key is nowhere but in the request to the upstream.
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GatewayServer, startGatewayServer } from '../../test/gateway-server.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import {
  drip,
  flood,
  gzipBomb,
  hugeHeader,
  json,
  redirect,
  reset,
  silence,
  text,
} from '../../test/upstreams/upstream-server.ts';
import { freshNumber, freshQuestion, weatherAnswer } from '../../test/weather-question.ts';

const KEY = 'canary-4d1f77a0b2';
const FORMS = [KEY, Buffer.from(KEY).toString('base64'), Buffer.from(KEY).toString('hex')];
let postgres: TestPostgres;
let gate: GatewayServer;

beforeAll(async () => {
  postgres = await startPostgres();
  gate = await startGatewayServer(postgres, { key: KEY, timeoutMs: 1_500 });
});
afterAll(async () => {
  await gate?.close();
  await postgres?.stop();
});

describe('G7: redirects are not followed', () => {
  test.each([
    [301, 'http://169.254.169.254/latest/meta-data/'],
    [302, 'http://127.0.0.1:22/'],
    [303, 'https://elsewhere.test/'],
    [307, 'http://[::1]/'],
    [308, 'http://10.96.0.1/'],
    [302, '/data/2.5/weather'],
    [302, '//evil.test/'],
    [302, ''],
  ])('G7: %i to %s', async (status, to) => {
    gate.upstream.follow(redirect(status, to));
    gate.upstream.seen.length = 0;
    const answer = await gate.ask(freshQuestion());
    expect([answer.status, answer.json.code]).toEqual([502, 'upstream_redirected']);
    expect(gate.upstream.seen).toHaveLength(1);
  });
});

describe('G11: what an upstream sends is bounded', () => {
  test.each([
    ['an endless drip', drip, 504, 'upstream_timeout'],
    ['silence', silence, 504, 'upstream_timeout'],
    ['a gzip bomb', gzipBomb, 502, 'upstream_invalid'],
    ['a header of 10 MB', hugeHeader, 502, 'upstream_too_large'],
    ['a reset', reset, 502, 'upstream_unreachable'],
  ])('G11: %s', async (_name, script, status, code) => {
    gate.upstream.follow(script);
    const answer = await gate.ask(freshQuestion());
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  test('G11: of 1 GB, twenty times, little more than 2 MiB each is taken, and memory stays flat', async () => {
    const sent: number[] = [];
    gate.upstream.follow(flood(1_000_000_000, (bytes) => sent.push(bytes)));
    const before = process.memoryUsage().rss;
    let most = 0;
    for (let i = 0; i < 20; i += 1) {
      const answer = await gate.ask(freshQuestion());
      expect([answer.status, answer.json.code]).toEqual([502, 'upstream_too_large']);
      most = Math.max(most, process.memoryUsage().rss);
    }
    // Upstream and API are one process here, so this counts both; 20 GB were on offer.
    expect((most - before) / 1024 / 1024).toBeLessThan(200);
    for (let tries = 0; tries < 100 && sent.length < 20; tries += 1) await wait(20);
    expect(sent).toHaveLength(20);
    expect(Math.max(...sent) / 1024 / 1024).toBeLessThan(16);
  });

  test('G11: JSON nested without end is refused, and the server goes on', async () => {
    gate.upstream.follow(text(`${'['.repeat(500_000)}${']'.repeat(500_000)}`, 'application/json'));
    const answer = await gate.ask({ service: 'jsonplaceholder', resource: 'albums' });
    expect([answer.status, answer.json.code]).toEqual([502, 'upstream_invalid']);
    expect((await gate.server.send('GET', '/healthz', { raw: true })).status).toBe(200);
  });
});

describe('G12: HTML and scripts of an upstream', () => {
  test.each([
    ['a page', text('<script>alert(1)</script>', 'text/html')],
    ['JSON that says it is a page', text('{"id":1}', 'text/html; charset=utf-8')],
    ['a script', text('alert(1)', 'application/javascript')],
    ['nothing', text('', 'application/json')],
    ['half of JSON', text('{"id":', 'application/json')],
  ])('G12: %s is no answer', async (_name, script) => {
    gate.upstream.follow(script);
    const answer = await gate.ask({ service: 'tmdb', action: 'movie', id: 1_000 + freshNumber() });
    expect([answer.status, answer.json.code]).toEqual([502, 'upstream_invalid']);
    expect(answer.text).not.toContain('alert');
  });

  test('G12: markup inside data leaves as JSON that no browser renders', async () => {
    gate.upstream.follow(json({ id: 7, title: '</script><img src=x onerror=alert(1)>' }));
    const answer = await gate.ask({ service: 'tmdb', action: 'movie', id: 7 });
    expect(answer.json.data.title).toContain('onerror');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('G13: the key is nowhere', () => {
  const canary = `https://127.0.0.1/?appid=${KEY}`;
  const scripts = [
    json(weatherAnswer({ name: `Paris ${KEY}`, [KEY]: 1 })),
    json({ message: `bad key ${KEY}`, url: canary }, 401),
    json({ message: canary }, 500),
    text(`<a href="${canary}">`, 'text/html'),
    json({ weather: KEY }),
    json({ e: canary }, 429, { 'Retry-After': KEY, 'X-Echo': KEY }),
    redirect(302, canary),
    reset,
    silence,
  ];

  test('G13: not in answers, logs, Redis or metrics, whatever the upstream echoes', async () => {
    const heard: string[] = [];
    for (const script of scripts) {
      gate.upstream.follow(script);
      const passing = { service: 'tmdb', action: 'movie', id: 10_000 + freshNumber() };
      for (const question of [
        freshQuestion(),
        passing,
        { service: 'exchangerate_pro', action: 'pair', from: 'EUR', to: 'USD' },
      ]) {
        const answer = await gate.ask(question);
        heard.push(JSON.stringify([answer.headers, answer.text]));
      }
    }
    // The test is not blind: the upstream did get the key, and answers did pass.
    expect(gate.upstream.seen.some(({ url }) => url.includes(KEY))).toBe(true);
    expect(heard.some((line) => line.includes('***'))).toBe(true);

    const client = new Redis(gate.redis.url);
    const keys = await client.keys('*');
    const kept = await Promise.all(
      keys.map(async (key) => `${key} ${(await client.type(key)) === 'string' ? await client.get(key) : ''}`),
    );
    client.disconnect();
    expect(kept.some((entry) => entry.includes('faibric:gateway:'))).toBe(true);
    expect(gate.lines.length).toBeGreaterThan(10);

    const everything = [...heard, ...gate.lines, ...kept, await gate.server.metrics.registry.metrics()].join(
      '\n',
    );
    for (const form of FORMS) expect(everything).not.toContain(form);
    expect(everything).not.toContain('appid=');
    expect(everything).not.toContain(gate.upstream.url.slice('http://'.length));
  });
});
