// Every service against a local server that speaks its documented format: what is asked, where the key goes, what an app
// gets. The way out, the rows and the normalisers are those of production.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP } from '../../test/gateway-rig.ts';
import { liveGateway } from '../../test/live-gateway.ts';
import { DOCUMENTED } from '../../test/upstreams/documented.ts';
import { json, startUpstream, type TestUpstream } from '../../test/upstreams/upstream-server.ts';
import { makeUpstreams, type Upstreams } from '../adapters/upstream.ts';
import { ApiError } from '../errors.ts';
import type { Gateway } from './gateway.ts';
import { loadRegistry } from './registry.ts';
import { SERVICE_TABLE } from './service-table.ts';

const KEY = 'canary-key-5b1c+/x';
let upstream: TestUpstream;
let upstreams: Upstreams;
let gateway: Gateway;

/** The table with every address moved to the local server; tokens, too. */
const movedTo = (url: string) =>
  Object.fromEntries(
    Object.entries(SERVICE_TABLE).map(([name, { key }]) => [
      name,
      {
        baseUrl: url,
        allowPrivate: true,
        ...(key?.tokenUrl === undefined ? {} : { key: { ...key, tokenUrl: `${url}/api/token` } }),
      },
    ]),
  );

const makeGateway = (now = Date.now): Gateway =>
  liveGateway({
    registry: loadRegistry(SERVICE_TABLE, { services: movedTo(upstream.url) }),
    ask: upstreams.ask,
    readKey: () => KEY,
    now,
  });

beforeAll(async () => {
  upstream = await startUpstream();
  upstreams = makeUpstreams({ timeoutMs: 2_000 });
  gateway = makeGateway();
});
afterAll(async () => {
  await upstreams.close();
  upstream.close();
});

/** A script that gives tokens to whoever proves id and secret, and answers the rest. */
const withTokens =
  (body: unknown, token: () => string): Parameters<TestUpstream['follow']>[0] =>
  (req, res) => {
    if (req.url !== '/api/token') return json(body)(req, res);
    const proof = `Basic ${Buffer.from(`${KEY}:${KEY}`).toString('base64')}`;
    const good = req.method === 'POST' && req.headers.authorization === proof;
    return json(
      good ? { access_token: token(), token_type: 'Bearer', expires_in: 3600 } : {},
      good ? 200 : 400,
    )(req, res);
  };

/** The request as it went out, with the key taken out of where the row puts it. */
const withoutKey = (url: string): string => {
  const [path = '', query = ''] = url.replaceAll(encodeURIComponent(KEY), '{key}').split('?');
  const rest = query.split('&').filter((part) => !part.endsWith('={key}'));
  return rest.join('&') === '' ? path : `${path}?${rest.join('&')}`;
};

test('every service of the table has a documented exchange here', () => {
  const documented = new Set(DOCUMENTED.map(({ service }) => service));
  expect(Object.keys(SERVICE_TABLE).filter((name) => !documented.has(name))).toEqual([]);
});

test.each(DOCUMENTED)('$service $action', async ({ service, action, params, url, body, data }) => {
  upstream.follow(withTokens(body, () => 'a-token'));
  upstream.seen.length = 0;
  const { answer } = await gateway.answer({ service, action, ...params }, APP);
  expect(answer).toMatchObject({ service, action, data, cached: false });
  expect(answer.sample).toBeUndefined();
  const asked = upstream.seen.filter((request) => request.url !== '/api/token');
  expect(asked.map((request) => [request.method, withoutKey(request.url)])).toEqual([['GET', url]]);
});

describe('where the key goes', () => {
  test.each<[string, object, (seen: TestUpstream['seen'][number]) => string | string[] | undefined]>([
    [
      'alpha_vantage',
      { symbol: 'GE' },
      ({ url }) => new URL(url, 'http://x').searchParams.get('apikey') ?? '',
    ],
    ['giphy', { query: 'dog' }, ({ url }) => new URL(url, 'http://x').searchParams.get('api_key') ?? ''],
    ['finnhub', { symbol: 'IBM' }, ({ headers }) => headers['x-finnhub-token']],
    ['newsapi', {}, ({ headers }) => headers['x-api-key']],
    ['spoonacular', { query: 'rice' }, ({ headers }) => headers['x-api-key']],
    ['coingecko', { ids: ['solana'] }, ({ headers }) => headers['x-cg-demo-api-key']],
    ['unsplash', { query: 'sea' }, ({ headers }) => headers.authorization?.replace('Client-ID ', '')],
    [
      'coindesk',
      { instruments: ['ETH-USD'] },
      ({ headers }) => headers.authorization?.replace('Apikey ', ''),
    ],
    ['tmdb', { query: 'Heat' }, ({ headers }) => headers.authorization?.replace('Bearer ', '')],
    ['ipinfo', { ip: '1.1.1.1' }, ({ headers }) => headers.authorization?.replace('Bearer ', '')],
    ['exchangerate_pro', { base: 'CHF' }, ({ url }) => decodeURIComponent(url.split('/')[2] ?? '')],
  ])('%s', async (service, params, find) => {
    upstream.follow(json({}));
    upstream.seen.length = 0;
    await gateway.answer({ service, ...params }, APP).catch(() => undefined);
    const [seen] = upstream.seen;
    expect(seen === undefined ? undefined : find(seen)).toBe(KEY);
    // Once, and nowhere else.
    const all = JSON.stringify([seen?.url, seen?.headers]);
    expect(all.split(KEY).length + all.split(encodeURIComponent(KEY)).length - 2).toBe(1);
  });

  test('spotify: a token is asked for once, kept, and asked for again when it is refused', async () => {
    let tokens = 0;
    let refused = false;
    upstream.follow((req, res) => {
      if (req.url === '/api/token') tokens += 1;
      if (req.url !== '/api/token' && req.headers.authorization !== `Bearer token-${tokens}-b`) {
        refused = true;
        return json({ error: { status: 401, message: 'The access token expired' } }, 401)(req, res);
      }
      return withTokens({ ok: true }, () => (tokens === 1 ? 'token-1-a' : `token-${tokens}-b`))(req, res);
    });
    const own = makeGateway();
    const ask = (query: string) => own.answer({ service: 'spotify', query }, APP);
    await ask('one');
    expect([tokens, refused]).toEqual([2, true]);
    await Promise.all([ask('two'), ask('three')]);
    expect(tokens).toBe(2);
  });
});

describe('answers that say no with status 200, and errors with words of their own', () => {
  const limit = `We have detected your API key as ${KEY} and our standard API rate limit is 25 requests per day.`;
  test.each<[string, object, unknown, number, string]>([
    ['alpha_vantage', { symbol: 'A1' }, { Information: limit }, 200, 'upstream_rate_limited'],
    ['alpha_vantage', { symbol: 'A2' }, { 'Error Message': 'Invalid API call.' }, 200, 'upstream_not_found'],
    ['finnhub', { symbol: 'A3' }, { c: 0, d: null, dp: null, t: 0 }, 200, 'upstream_not_found'],
    [
      'exchangerate',
      { base: 'XXX' },
      { result: 'error', 'error-type': 'unsupported-code' },
      200,
      'upstream_not_found',
    ],
    [
      'exchangerate_pro',
      { base: 'XXX' },
      { result: 'error', 'error-type': 'invalid-key' },
      403,
      'upstream_refused',
    ],
    [
      'openweather',
      { city: 'Nowhere' },
      { cod: '404', message: 'city not found' },
      404,
      'upstream_not_found',
    ],
    [
      'openweather',
      { city: 'Paris' },
      { cod: 401, message: `Invalid API key ${KEY}` },
      401,
      'upstream_refused',
    ],
    ['coingecko', { ids: ['bitcoin', 'x'] }, { status: { error_code: 429 } }, 429, 'upstream_rate_limited'],
    ['newsapi', { country: 'fr' }, { status: 'error', code: 'rateLimited' }, 429, 'upstream_rate_limited'],
    ['tmdb', { query: 'y' }, { success: false, status_code: 7 }, 401, 'upstream_refused'],
    ['yahoo_finance', { symbol: 'QQQ' }, { chart: { result: null, error: {} } }, 200, 'upstream_invalid'],
    ['spoonacular', { query: 'z' }, { status: 'failure', code: 402 }, 402, 'upstream_rate_limited'],
  ])('%s %j', async (service, params, body, status, code) => {
    upstream.follow(json(body, status));
    const error: unknown = await gateway
      .answer({ service, ...params }, APP)
      .catch((thrown: unknown) => thrown);
    expect(error instanceof ApiError && error.code).toBe(code);
    expect(String(error)).not.toContain('canary');
  });

  test('a key in an answer is taken out of it before anybody sees it', async () => {
    upstream.follow(json({ id: 1, note: `your key ${KEY} is fine`, [encodeURIComponent(KEY)]: [KEY] }));
    const { answer } = await gateway.answer({ service: 'tmdb', action: 'movie', id: 1 }, APP);
    expect(answer.data).toEqual({ id: 1, note: 'your key *** is fine', '***': ['***'] });
  });
});
