// The gateway over a pretended way out: what it asks for, what it makes of answers, what it refuses.
import { describe, expect, test } from 'vitest';
import {
  coinHistorySchema,
  coinQuotesSchema,
  stockHistorySchema,
  stockQuotesSchema,
  weatherSchema,
} from '../contract/gateway.ts';
import { ApiError } from '../errors.ts';
import { sampleAnswer } from '../sample-upstreams/answers.ts';
import { makeGatewayCache, type SharedCache } from './cache.ts';
import { type AskUpstream, makeGateway, type UpstreamAnswer } from './gateway.ts';
import { configureServices } from './service-config.ts';
import { SERVICES } from './services.ts';

const NOW = Date.parse('2026-11-23T08:00:00Z');
const KEY = 'canary-key-91f2';

interface Asked {
  readonly path: string;
  readonly query: string;
}

const memoryCache = (): SharedCache & { entries: Map<string, string> } => {
  const entries = new Map<string, string>();
  return {
    entries,
    get: async (key) => entries.get(key) ?? null,
    set: async (key, value) => {
      entries.set(key, value);
    },
  };
};

const setUp = (
  options: {
    answer?: (asked: Asked) => Partial<UpstreamAnswer>;
    key?: string | null;
    shared?: SharedCache;
  } = {},
) => {
  const asked: Asked[] = [];
  const clock = { time: NOW };
  const ask: AskUpstream = async (_service, path, query) => {
    const call = { path, query: query.toString() };
    asked.push(call);
    const sample = sampleAnswer(new URL(`http://sample${path}?${call.query}`), clock.time);
    return {
      status: sample?.status ?? 404,
      body: sample?.body,
      sample: true,
      retryAfter: null,
      ...options.answer?.(call),
    };
  };
  const gateway = makeGateway({
    services: configureServices(SERVICES, { services: {} }),
    ask,
    readKey: () => (options.key === undefined ? KEY : options.key),
    cache: makeGatewayCache(options.shared ?? memoryCache(), () => clock.time),
    now: () => clock.time,
  });
  return { gateway, asked, clock };
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
    expect(asked[0]).toEqual({ path: '/v8/finance/chart/AAPL', query: 'range=1d&interval=5m' });
  });

  test('yahoo_finance history', async () => {
    const { gateway } = setUp();
    const answer = await gateway.answer({
      service: 'yahoo_finance',
      action: 'history',
      symbol: 'AAPL',
      range: '1mo',
    });
    const { points } = stockHistorySchema.parse(answer.data);
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
    expect(asked[0]?.query).toContain(`appid=${KEY}`);
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
    const { gateway, asked, clock } = setUp({ answer: () => ({}) });
    const request = { service: 'yahoo_finance', symbols: ['AAPL'] };
    expect((await gateway.answer(request)).cached).toBe(false);
    clock.time += 29_000;
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

  test.each(['garbage', '{}', '{"data":1', 'null', '{"data":{},"sample":"x","fetchedAt":1}'])(
    'G17: %s in the shared cache is a miss',
    async (text) => {
      const { gateway, asked } = setUp({ shared: { get: async () => text, set: async () => undefined } });
      expect((await gateway.answer({ service: 'coingecko', ids: ['bitcoin'] })).cached).toBe(false);
      expect(asked).toHaveLength(1);
    },
  );

  test('G13: no cache key or entry holds the key', async () => {
    const shared = memoryCache();
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
    ['HTML', { status: 200, body: null }, 'upstream_invalid'],
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
    expect(gateway.list().services.filter(({ available }) => available)).toHaveLength(2);
  });

  test('every example of the list is answered', async () => {
    const { gateway } = setUp();
    for (const { actions } of gateway.list().services) {
      for (const { example } of actions) {
        const answer = await gateway.answer({ service: '', ...example });
        expect(answer.data).toBeTruthy();
      }
    }
  });
});
