// The gateway over a pretended way out: what it asks for, what it makes of answers, what it refuses.
import { describe, expect, test } from 'vitest';
import { gatewayRig, KEY, memoryShared, NOW, type RigOptions } from '../../test/gateway-rig.ts';
import {
  coinHistorySchema,
  coinMarketsSchema,
  coinQuotesSchema,
  forecastSchema,
  investmentSchema,
  stockHistorySchema,
  stockQuotesSchema,
  stockSearchSchema,
  weatherSchema,
} from '../contract/gateway.ts';
import { ApiError } from '../errors.ts';

/** Only the answer, without how long it is fresh. */
const setUp = (options: RigOptions = {}) => {
  const rig = gatewayRig(options);
  return {
    ...rig,
    gateway: {
      list: rig.gateway.list,
      answer: async (request: object) => (await rig.ask(request)).answer,
    },
  };
};

const failure = async (work: Promise<unknown>): Promise<ApiError> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('it was answered');
};

describe('answers have the documented shapes', () => {
  test('yahoo_finance quote', async () => {
    const { gateway, asked } = setUp();
    const answer = await gateway.answer({ service: 'yahoo_finance', symbols: ['AAPL', 'msft'] });
    const { quotes } = stockQuotesSchema.parse(answer.data);
    expect(quotes.map(({ symbol, name, currency }) => [symbol, name, currency])).toEqual([
      ['AAPL', 'Apple Inc.', 'USD'],
      ['MSFT', 'Microsoft Corporation', 'USD'],
    ]);
    expect(quotes[0]?.changePercent).toBeCloseTo(
      ((quotes[0]?.change ?? 0) / ((quotes[0]?.price ?? 0) - (quotes[0]?.change ?? 0))) * 100,
      2,
    );
    expect(answer).toMatchObject({
      service: 'yahoo_finance',
      action: 'quote',
      sample: true,
      cached: false,
      fetchedAt: new Date(NOW).toISOString(),
    });
    expect(asked[0]).toMatchObject({ path: '/v8/finance/chart/AAPL', query: 'range=1d&interval=5m' });
  });

  test('yahoo_finance history', async () => {
    const { gateway } = setUp();
    const answer = await gateway.answer({
      service: 'yahoo_finance',
      action: 'history',
      symbol: 'AAPL',
      range: '1mo',
    });
    const { points, timeZone } = stockHistorySchema.parse(answer.data);
    expect(timeZone).toBe('America/New_York');
    expect(points).toHaveLength(22);
    expect([...points].sort((a, b) => (a.time < b.time ? -1 : 1))).toEqual(points);
  });

  test('coingecko price and history', async () => {
    const { gateway } = setUp();
    const price = await gateway.answer({
      service: 'coingecko',
      ids: ['bitcoin', 'unknown-coin'],
      currency: 'USD',
    });
    expect(coinQuotesSchema.parse(price.data).quotes).toMatchObject([
      { id: 'bitcoin', symbol: 'BTC', currency: 'USD' },
    ]);
    expect(price.data).toMatchObject({ missing: ['unknown-coin'] });
    const history = await gateway.answer({ service: 'coingecko', action: 'history', id: 'bitcoin', days: 7 });
    expect(coinHistorySchema.parse(history.data).points).toHaveLength(168);
  });

  test('openweather current', async () => {
    const { gateway, asked } = setUp();
    const answer = await gateway.answer({ service: 'openweather', city: 'Paris, FR' });
    expect(weatherSchema.parse(answer.data)).toMatchObject({ city: 'Paris', country: 'FR' });
    expect(asked[0]?.query).toContain(`appid=${encodeURIComponent(KEY)}`);
  });

  test('the other actions of the first four', async () => {
    const { gateway } = setUp();
    const dataOf = async (request: object) => (await gateway.answer(request)).data;
    const between = { action: 'between', from: '2026-10-01', to: '2026-10-31' };
    const days = stockHistorySchema.parse(
      await dataOf({ service: 'yahoo_finance', symbol: 'aapl', ...between }),
    );
    expect(days.points.map(({ time }) => time.slice(0, 10))).toEqual(
      Array.from({ length: 31 }, (_, i) => `2026-10-${String(i + 1).padStart(2, '0')}`),
    );
    const found = await dataOf({ service: 'yahoo_finance', action: 'search', query: 'apple' });
    expect(stockSearchSchema.parse(found).matches[0]).toMatchObject({ symbol: 'AAPL', type: 'equity' });
    const { coins } = coinMarketsSchema.parse(
      await dataOf({ service: 'coingecko', action: 'markets', currency: 'eur', limit: 3 }),
    );
    expect(coins.map(({ id, currency, rank }) => [id, currency, rank])).toEqual([
      ['bitcoin', 'EUR', 1],
      ['ethereum', 'EUR', 2],
      ['tether', 'EUR', 3],
    ]);
    coinHistorySchema.parse(await dataOf({ service: 'coingecko', id: 'bitcoin', ...between }));
    const forecast = forecastSchema.parse(
      await dataOf({ service: 'openweather', action: 'forecast', latitude: 47.37, longitude: 8.54 }),
    );
    expect(forecast.points).toHaveLength(40);
    expect(forecast.days.map(({ date }) => date)).toEqual([
      ...new Set(forecast.points.map(({ time }) => time.slice(0, 10))),
    ]);
    const worth = await dataOf({ service: 'investment', symbol: 'AAPL', shares: 2, from: '2026-01-05' });
    expect(investmentSchema.parse(worth)).toMatchObject({ currency: 'USD', to: '2026-11-23', rates: [] });
  });

  test('a symbol that the upstream does not know is named, the others are answered', async () => {
    const { gateway } = setUp();
    const answer = await gateway.answer({ service: 'yahoo_finance', symbols: ['AAPL', 'UNKNOWN1'] });
    expect(answer.data).toMatchObject({ quotes: [{ symbol: 'AAPL' }], missing: ['UNKNOWN1'] });
    const none = await failure(gateway.answer({ service: 'yahoo_finance', symbols: ['UNKNOWN1'] }));
    expect(none.code).toBe('upstream_not_found');
  });
});

describe('G1 to G4, G18: a client names a service and parameters, nothing else', () => {
  test.each([
    ['G1 unknown service', { service: 'nosuch' }, 'unknown_service'],
    ['G1 __proto__', { service: '__proto__' }, 'unknown_service'],
    ['G1 constructor', { service: 'constructor' }, 'unknown_service'],
    ['G1 an url', { service: 'yahoo_finance', symbols: ['A'], url: 'https://evil.test' }, 'invalid_request'],
    [
      'G1 an action named constructor',
      { service: 'yahoo_finance', action: 'constructor' },
      'invalid_request',
    ],
    [
      'G2 an endpoint',
      { service: 'yahoo_finance', symbols: ['A'], endpoint: '//evil.test' },
      'invalid_request',
    ],
    [
      'G2 a symbol with an authority',
      { service: 'yahoo_finance', symbols: ['@evil.test:80/'] },
      'invalid_request',
    ],
    ['G3 a symbol that climbs', { service: 'yahoo_finance', symbols: ['../../admin'] }, 'invalid_request'],
    ['G3 an encoded climb', { service: 'yahoo_finance', symbols: ['%2e%2e'] }, 'invalid_request'],
    ['G3 dots', { service: 'yahoo_finance', symbols: ['..'] }, 'invalid_request'],
    ['G3 an id that climbs', { service: 'coingecko', action: 'history', id: 'a/../b' }, 'invalid_request'],
    ['G4 a query in a symbol', { service: 'yahoo_finance', symbols: ['A?x=1'] }, 'invalid_request'],
    ['G4 the key’s own name', { service: 'openweather', city: 'Paris', appid: 'mine' }, 'invalid_request'],
    ['G4 a key in the city', { service: 'openweather', city: 'Paris&appid=mine' }, 'invalid_request'],
    ['G14 a cache time', { service: 'yahoo_finance', symbols: ['A'], cache_ttl: 1 }, 'invalid_request'],
    [
      'G18 21 symbols',
      { service: 'yahoo_finance', symbols: Array.from({ length: 21 }, (_, i) => `S${i}`) },
      'invalid_request',
    ],
  ])('%s', async (_name, request, code) => {
    const { gateway, asked } = setUp();
    expect((await failure(gateway.answer(request))).code).toBe(code);
    expect(asked).toEqual([]);
  });
});

describe('cache', () => {
  test('G14: an answer is kept for the time of the table, an error not at all', async () => {
    const { gateway, asked, clock } = setUp();
    const request = { service: 'yahoo_finance', symbols: ['AAPL'] };
    expect((await gateway.answer(request)).cached).toBe(false);
    clock.time = NOW + 29_000;
    expect((await gateway.answer(request)).cached).toBe(true);
    expect(asked).toHaveLength(1);
    const failing = setUp({ answer: () => ({ status: 500 }) });
    await failure(failing.gateway.answer(request));
    await failure(failing.gateway.answer(request));
    expect(failing.asked).toHaveLength(2);
  });

  test('G16: 1,000 misses of one key at once are one call', async () => {
    const { gateway, asked } = setUp();
    const request = { service: 'coingecko', ids: ['bitcoin'] };
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => gateway.answer(request)));
    expect(asked).toHaveLength(1);
    expect(answers.filter(({ cached }) => !cached)).toHaveLength(1);
  });

  test.each([
    'garbage',
    '{}',
    '{"data":1',
    'null',
    '{"data":{},"sample":"x","at":1}',
    `{"data":{},"sample":false,"at":${NOW}}`,
  ])('G17: %s in the shared cache is a miss', async (text) => {
    const { gateway, asked } = setUp({ shared: { ...memoryShared(), get: async () => text } });
    expect((await gateway.answer({ service: 'coingecko', ids: ['bitcoin'] })).cached).toBe(false);
    expect(asked).toHaveLength(1);
  });

  test('G13: no cache key or entry holds the key', async () => {
    const shared = memoryShared();
    const { gateway } = setUp({ shared });
    await gateway.answer({ service: 'openweather', city: 'Paris' });
    expect(shared.entries.size).toBe(1);
    expect(JSON.stringify([...shared.entries])).not.toContain(KEY);
  });
});

describe('errors say what failed and hold no secret', () => {
  test.each([
    ['not found', { status: 404 }, 'upstream_not_found'],
    ['a refused key', { status: 401, body: { message: `bad key ${KEY}` } }, 'upstream_refused'],
    ['too many requests', { status: 429, retryAfter: 7 }, 'upstream_rate_limited'],
    ['a server error', { status: 500, body: `see https://internal/?appid=${KEY}` }, 'upstream_invalid'],
    ['another shape', { status: 200, body: { weather: KEY } }, 'upstream_invalid'],
    ['no JSON', { status: 200, body: undefined }, 'upstream_invalid'],
  ])('G13: %s', async (_name, answer, code) => {
    const { gateway } = setUp({ answer: () => answer });
    const error = await failure(gateway.answer({ service: 'openweather', city: 'Paris' }));
    expect(error.code).toBe(code);
    expect(JSON.stringify([error.message, error.extra, error.cause ?? null])).not.toContain(KEY);
    if (code === 'upstream_rate_limited') expect(error.extra.retryAfter).toBe(7);
  });

  test('a missing key names the Secret entry, in the error and in the list', async () => {
    const { gateway, asked } = setUp({ key: null });
    const error = await failure(gateway.answer({ service: 'openweather', city: 'Paris' }));
    expect(error.code).toBe('service_not_configured');
    expect(error.message).toContain('OPENWEATHER_API_KEY');
    expect(asked).toEqual([]);
    const weather = gateway.list().services.find(({ service }) => service === 'openweather');
    expect(weather).toMatchObject({ available: false, detail: error.message });
    const open = gateway.list().services.filter(({ available }) => available);
    expect(open.map(({ service }) => service)).toContain('coingecko');
  });
});
