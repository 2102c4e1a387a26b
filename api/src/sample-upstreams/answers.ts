// The documented formats of the upstreams, filled with sample values. Pure: path, query and time in, body out; null
// for what the upstream does not know. The gateway cannot tell these from the real thing but by their header.
import { DAY_MS, instrumentOf, priceAt, seriesOf } from './sample-prices.ts';

/** An answer of a sample upstream. */
export interface SampleAnswer {
  readonly status: number;
  readonly body: unknown;
}

const RANGES: Readonly<Record<string, { ms: number; count: number }>> = {
  '1d': { ms: DAY_MS, count: 78 },
  '5d': { ms: 5 * DAY_MS, count: 65 },
  '1mo': { ms: 30 * DAY_MS, count: 22 },
  '3mo': { ms: 91 * DAY_MS, count: 64 },
  '6mo': { ms: 182 * DAY_MS, count: 126 },
  ytd: { ms: 200 * DAY_MS, count: 140 },
  '1y': { ms: 365 * DAY_MS, count: 252 },
  '5y': { ms: 1826 * DAY_MS, count: 260 },
  max: { ms: 3652 * DAY_MS, count: 120 },
};

const NAMES: Readonly<Record<string, string>> = {
  AAPL: 'Apple Inc.',
  MSFT: 'Microsoft Corporation',
  TSLA: 'Tesla, Inc.',
  GOOGL: 'Alphabet Inc.',
  AMZN: 'Amazon.com, Inc.',
  NVDA: 'NVIDIA Corporation',
  META: 'Meta Platforms, Inc.',
};
const TICKERS: Readonly<Record<string, string>> = {
  bitcoin: 'btc',
  ethereum: 'eth',
  solana: 'sol',
  dogecoin: 'doge',
};

const NOT_FOUND: SampleAnswer = {
  status: 404,
  body: {
    chart: {
      result: null,
      error: { code: 'Not Found', description: 'No data found, symbol may be delisted' },
    },
  },
};

/** A symbol that the samples do not know, so that an app's "not found" can be seen: any with UNKNOWN in it. */
const isUnknown = (name: string): boolean => name.toUpperCase().includes('UNKNOWN');

const yahooChart = (symbol: string, query: URLSearchParams, now: number): SampleAnswer => {
  if (isUnknown(symbol)) return NOT_FOUND;
  const span = RANGES[query.get('range') ?? '1d'] ?? { ms: DAY_MS, count: 78 };
  const instrument = instrumentOf(symbol);
  const points = seriesOf(instrument, now, span);
  const result = {
    meta: {
      currency: 'USD',
      symbol,
      exchangeName: 'SAMPLE',
      instrumentType: 'EQUITY',
      longName: NAMES[symbol] ?? `${symbol} (sample)`,
      shortName: NAMES[symbol] ?? symbol,
      regularMarketTime: Math.floor(now / 1000),
      regularMarketPrice: priceAt(instrument, now),
      chartPreviousClose: priceAt(instrument, now - DAY_MS),
    },
    timestamp: points.map(({ time }) => Math.floor(time / 1000)),
    indicators: { quote: [{ close: points.map(({ price }) => price) }] },
  };
  return { status: 200, body: { chart: { result: [result], error: null } } };
};

const title = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');

const coinMarkets = (query: URLSearchParams, now: number): SampleAnswer => {
  const ids = (query.get('ids') ?? '').split(',').filter((id) => id !== '' && !isUnknown(id));
  const rows = ids.map((id) => {
    const instrument = instrumentOf(id);
    const [price, before] = [priceAt(instrument, now), priceAt(instrument, now - DAY_MS)];
    return {
      id,
      symbol: TICKERS[id] ?? id.slice(0, 4),
      name: title(id),
      current_price: price,
      price_change_percentage_24h: Number((((price - before) / before) * 100).toFixed(4)),
      last_updated: new Date(now).toISOString(),
    };
  });
  return { status: 200, body: rows };
};

const coinChart = (id: string, query: URLSearchParams, now: number): SampleAnswer => {
  if (isUnknown(id)) return { status: 404, body: { error: 'coin not found' } };
  const days = Math.min(365, Math.max(1, Number(query.get('days') ?? 1) || 1));
  const points = seriesOf(instrumentOf(id), now, {
    ms: days * DAY_MS,
    count: days === 1 ? 96 : Math.min(180, days * 24),
  });
  return { status: 200, body: { prices: points.map(({ time, price }) => [time, price]) } };
};

const SKIES = [
  ['clear sky', '01d'],
  ['few clouds', '02d'],
  ['scattered clouds', '03d'],
  ['light rain', '10d'],
  ['mist', '50d'],
] as const;

const weather = (query: URLSearchParams, now: number): SampleAnswer => {
  const city = (query.get('q') ?? '').trim();
  if (city === '' || isUnknown(city)) return { status: 404, body: { cod: '404', message: 'city not found' } };
  const { seed } = instrumentOf(city.toLowerCase());
  const sky = SKIES[seed % SKIES.length] ?? SKIES[0];
  const temp = Number((8 + (seed % 180) / 10 + 4 * Math.sin(now / DAY_MS)).toFixed(1));
  const body = {
    name: city.split(',')[0],
    dt: Math.floor(now / 1000),
    sys: { country: city.split(',')[1]?.trim().toUpperCase() ?? '' },
    main: { temp, feels_like: Number((temp - 0.8).toFixed(1)), humidity: 40 + (seed % 50) },
    wind: { speed: Number((1 + (seed % 70) / 10).toFixed(1)) },
    weather: [{ description: sky[0], icon: sky[1] }],
  };
  return { status: 200, body };
};

/** Answers a request; null when no upstream has this path. */
export const sampleAnswer = (url: URL, now: number): SampleAnswer | null => {
  const path = decodeURIComponent(url.pathname);
  const symbol = /\/v8\/finance\/chart\/([^/]{1,20})$/.exec(path)?.[1];
  if (symbol !== undefined) return yahooChart(symbol.toUpperCase(), url.searchParams, now);
  if (path.endsWith('/api/v3/coins/markets')) return coinMarkets(url.searchParams, now);
  const coin = /\/api\/v3\/coins\/([a-z0-9-]{1,64})\/market_chart$/.exec(path)?.[1];
  if (coin !== undefined) return coinChart(coin, url.searchParams, now);
  return path.endsWith('/data/2.5/weather') ? weather(url.searchParams, now) : null;
};
