// The gateway over HTTP with a real Redis: how long answers are kept, whose they are, who may ask what and how often.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GatewayServer, startGatewayServer } from '../../test/gateway-server.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { json } from '../../test/upstreams/upstream-server.ts';
import { freshQuestion, weatherAnswer } from '../../test/weather-question.ts';

let postgres: TestPostgres;
let gate: GatewayServer;
const rows = {
  paidmodel: {
    title: 'Paid model',
    baseUrl: 'http://127.0.0.1:1',
    allowPrivate: true,
    paid: true,
    defaultAction: 'ask',
    actions: { ask: { description: 'Costs money.', path: '/ask', ttlSeconds: 1 } },
  },
};

beforeAll(async () => {
  postgres = await startPostgres();
  gate = await startGatewayServer(postgres, {
    key: 'a-key-of-tests',
    services: rows,
    timeoutMs: 1_500,
    paidPerDay: 3,
    findServices: (app) =>
      ({
        planned: { allowed: null, planned: ['paidmodel'] },
        listed: { allowed: ['paidmodel'], planned: [] },
      })[app] ?? { allowed: null, planned: [] },
  });
});
afterAll(async () => {
  await gate?.close();
  await postgres?.stop();
});

describe('G14: how long an answer is kept is the row’s to say', () => {
  test.each([
    ['ten years', 315_360_000],
    ['-1', -1],
    ['a text', 'x'],
  ])('G14: cache_ttl of %s is refused', async (_name, cache_ttl) => {
    const answer = await gate.ask({ service: 'openweather', city: 'Paris', cache_ttl });
    expect([answer.status, answer.json.code, answer.json.field]).toEqual([
      400,
      'invalid_request',
      'cache_ttl',
    ]);
  });

  test('G14: headers of the upstream and of the client change nothing about it', async () => {
    const question = freshQuestion();
    gate.upstream.follow(
      json(weatherAnswer(), 200, {
        'Cache-Control': 'max-age=315360000',
        Vary: 'Accept-Language, X-App',
        Expires: '0',
      }),
    );
    gate.upstream.seen.length = 0;
    const answers = [];
    for (const language of ['de', 'fr', 'de']) {
      answers.push(
        await gate.ask(question, { headers: { 'accept-language': language, 'cache-control': 'no-cache' } }),
      );
    }
    expect(answers.map(({ json: { cached } }) => cached)).toEqual([false, true, true]);
    expect(gate.upstream.seen.map(({ headers }) => headers['accept-language'])).toEqual([undefined]);
    expect(answers.every(({ headers }) => headers['cache-control'] === 'no-store')).toBe(true);
  });

  test('G14: an error is asked again each time', async () => {
    const question = freshQuestion();
    gate.upstream.follow(json({}, 500));
    gate.upstream.seen.length = 0;
    for (let i = 0; i < 3; i += 1) expect((await gate.ask(question)).status).toBe(502);
    expect(gate.upstream.seen).toHaveLength(3);
  });
});

describe('G15: answers that are an app’s own', () => {
  test('G15: what app A looked up is not what app B gets; what is shared is', async () => {
    let count = 0;
    gate.upstream.follow((req, res) => {
      count += 1;
      json({ ip: '9.9.9.9', count })(req, res);
    });
    const own = { service: 'ipinfo', ip: '9.9.9.9' };
    const of = async (app: string, question: object) => (await gate.ask(question, { app })).json;
    expect((await of('appaa', own)).data.count).toBe(1);
    expect(await of('appaa', own)).toMatchObject({ cached: true, data: { count: 1 } });
    expect(await of('appbb', own)).toMatchObject({ cached: false, data: { count: 2 } });
    expect(await of('appaa', own)).toMatchObject({ cached: true, data: { count: 1 } });
    const shared = { service: 'jsonplaceholder', action: 'item', id: 77 };
    await of('appaa', shared);
    expect(await of('appbb', shared)).toMatchObject({ cached: true });
  });
});

describe('G9: headers of a client', () => {
  test('G9: none of them goes out', async () => {
    gate.upstream.follow(json(weatherAnswer()));
    gate.upstream.seen.length = 0;
    const headers = {
      authorization: 'Bearer mine',
      cookie: 'a=b',
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-host': 'evil.test',
      forwarded: 'for=1.2.3.4',
      'x-any': 'thing',
    };
    expect((await gate.ask(freshQuestion(), { headers })).status).toBe(200);
    expect(Object.keys(gate.upstream.seen[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(gate.upstream.seen[0]?.headers.host).toBe(`127.0.0.1:${gate.upstream.port}`);
  });
});

describe('G19: services that cost money', () => {
  const question = { service: 'paidmodel' };
  test('G19: are off for an app whose plan and owner do not name them', async () => {
    const answer = await gate.ask(question);
    expect([answer.status, answer.json.code]).toEqual([403, 'forbidden']);
    expect(answer.json.detail).toContain('spec.services');
  });

  test('G19: an owner’s list is all that an app may use', async () => {
    const answer = await gate.ask(freshQuestion(), { app: 'listed' });
    expect([answer.status, answer.json.code]).toEqual([403, 'forbidden']);
    expect((await gate.ask(question, { app: 'listed' })).json.code).toBe('upstream_unreachable');
  });

  test('G19: end for the day after as many calls as the app has; others go on', async () => {
    const codes = [];
    for (let i = 0; i < 5; i += 1) codes.push((await gate.ask(question, { app: 'planned' })).status);
    expect(codes).toEqual([502, 502, 502, 429, 429]);
    const last = await gate.ask(question, { app: 'planned' });
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
    gate.upstream.follow(json(weatherAnswer()));
    expect((await gate.ask(freshQuestion(), { app: 'planned' })).status).toBe(200);
  });
});

describe('the platform’s own host', () => {
  test('lists services and tries one out for an account; not without one', async () => {
    gate.upstream.follow(json(weatherAnswer()));
    const list = await gate.server.send('GET', '/api/gateway/');
    expect(list.json.services.length).toBeGreaterThan(15);
    const answer = await gate.server.send('POST', '/api/gateway/', { body: freshQuestion() });
    expect(answer.json).toMatchObject({ service: 'openweather', data: { city: 'Paris' } });
    expect((await gate.server.send('GET', '/api/gateway/', { raw: true })).status).toBe(401);
  });
});
