// Yahoo Finance's and CoinGecko's formats, filled with sample values, and the open exchange rates. Pure.
import { answered, isUnknown, notFound, type SampleAnswer } from './sample-answer.ts';
import { DAY_MS, instrumentOf, priceAt, seriesOf } from './sample-prices.ts';

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
  NFLX: 'Netflix, Inc.',
  'SIE.DE': 'Siemens AG',
  'SAP.DE': 'SAP SE',
  'NESN.SW': 'Nestlé S.A.',
};
// Exchanges by the ending of a symbol, as Yahoo has them.
const EXCHANGES: Readonly<Record<string, { currency: string; timeZone: string }>> = {
  DE: { currency: 'EUR', timeZone: 'Europe/Berlin' },
  PA: { currency: 'EUR', timeZone: 'Europe/Paris' },
  SW: { currency: 'CHF', timeZone: 'Europe/Zurich' },
  L: { currency: 'GBp', timeZone: 'Europe/London' },
  T: { currency: 'JPY', timeZone: 'Asia/Tokyo' },
  KS: { currency: 'KRW', timeZone: 'Asia/Seoul' },
};
const NEW_YORK = { currency: 'USD', timeZone: 'America/New_York' };

const listingOf = (symbol: string): { currency: string; timeZone: string } => {
  const pair = /^[A-Z]{3}([A-Z]{3})=X$/.exec(symbol)?.[1];
  if (pair !== undefined) return { currency: pair, timeZone: 'Europe/London' };
  const ending = symbol.split('.')[1] ?? '';
  return (Object.hasOwn(EXCHANGES, ending) ? EXCHANGES[ending] : undefined) ?? NEW_YORK;
};

interface Point {
  readonly time: number;
  readonly price: number;
}

const MAX_DAYS = 12_000;

/** One point a day at 14:30 UTC, for the days that Yahoo is asked for. */
const daily = (symbol: string, query: URLSearchParams, now: number): Point[] => {
  const [from, to] = ['period1', 'period2'].map((name) => Number(query.get(name)) * 1000);
  const instrument = instrumentOf(symbol);
  const first = Math.ceil((from ?? 0) / DAY_MS) * DAY_MS + 14.5 * 3_600_000;
  const last = Math.min(to ?? 0, now);
  const count = Math.min(MAX_DAYS, Math.max(0, Math.ceil((last - first) / DAY_MS)));
  return Array.from({ length: count }, (_, i) => ({
    time: first + i * DAY_MS,
    price: priceAt(instrument, first + i * DAY_MS),
  }));
};

/** Yahoo's chart of a symbol: by range, or between two instants. */
export const yahooChart = (symbol: string, query: URLSearchParams, now: number): SampleAnswer => {
  if (isUnknown(symbol)) {
    const error = { code: 'Not Found', description: 'No data found, symbol may be delisted' };
    return { status: 404, body: { chart: { result: null, error } } };
  }
  const span = RANGES[query.get('range') ?? '1d'] ?? { ms: DAY_MS, count: 78 };
  const instrument = instrumentOf(symbol);
  const points = query.has('period1') ? daily(symbol, query, now) : seriesOf(instrument, now, span);
  const { currency, timeZone } = listingOf(symbol);
  const result = {
    meta: {
      currency,
      symbol,
      exchangeName: 'SAMPLE',
      instrumentType: 'EQUITY',
      exchangeTimezoneName: timeZone,
      longName: NAMES[symbol] ?? `${symbol} (sample)`,
      shortName: NAMES[symbol] ?? symbol,
      regularMarketTime: Math.floor(now / 1000),
      regularMarketPrice: priceAt(instrument, now),
      chartPreviousClose: priceAt(instrument, now - DAY_MS),
    },
    timestamp: points.map(({ time }) => Math.floor(time / 1000)),
    indicators: { quote: [{ close: points.map(({ price }) => price) }] },
  };
  return answered({ chart: { result: [result], error: null } });
};

/** Yahoo's search: the names that the samples know. */
export const yahooSearch = (query: URLSearchParams): SampleAnswer => {
  const wanted = (query.get('q') ?? '').toLowerCase();
  const quotes = Object.entries(NAMES)
    .filter(([symbol, name]) => `${symbol} ${name}`.toLowerCase().includes(wanted))
    .slice(0, Number(query.get('quotesCount') ?? 10))
    .map(([symbol, longname]) => ({
      symbol,
      longname,
      shortname: longname,
      exchDisp: 'SAMPLE',
      quoteType: 'EQUITY',
    }));
  return answered({ count: quotes.length, quotes });
};

const TICKERS: Readonly<Record<string, string>> = {
  bitcoin: 'btc',
  ethereum: 'eth',
  tether: 'usdt',
  binancecoin: 'bnb',
  solana: 'sol',
  ripple: 'xrp',
  cardano: 'ada',
  dogecoin: 'doge',
};

const title = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');

/** CoinGecko's markets: the coins asked for, or the largest. */
export const coinMarkets = (query: URLSearchParams, now: number): SampleAnswer => {
  const asked = query.get('ids')?.split(',') ?? Object.keys(TICKERS);
  const ids = asked
    .filter((id) => id !== '' && !isUnknown(id))
    .slice(0, Number(query.get('per_page') ?? 250));
  const rows = ids.map((id, i) => {
    const instrument = instrumentOf(id);
    const [price, before] = [priceAt(instrument, now), priceAt(instrument, now - DAY_MS)];
    const coins = Math.round(1e6 + (instrument.seed % 1e5) * 1e3);
    return {
      id,
      symbol: TICKERS[id] ?? id.slice(0, 4),
      name: title(id),
      current_price: price,
      market_cap: Math.round(price * coins),
      market_cap_rank: i + 1,
      total_volume: Math.round(price * coins * 0.03),
      price_change_percentage_24h: Number((((price - before) / before) * 100).toFixed(4)),
      last_updated: new Date(now).toISOString(),
    };
  });
  return answered(rows);
};

const coinNotFound: SampleAnswer = { status: 404, body: { error: 'coin not found' } };

/** CoinGecko's chart of the last days. */
export const coinChart = (id: string, query: URLSearchParams, now: number): SampleAnswer => {
  if (isUnknown(id)) return coinNotFound;
  const days = Math.min(365, Math.max(1, Number(query.get('days') ?? 1) || 1));
  const points = seriesOf(instrumentOf(id), now, {
    ms: days * DAY_MS,
    count: days === 1 ? 96 : Math.min(180, days * 24),
  });
  return answered({ prices: points.map(({ time, price }) => [time, price]) });
};

/** CoinGecko's chart between two instants. */
export const coinRange = (id: string, query: URLSearchParams, now: number): SampleAnswer => {
  if (isUnknown(id)) return coinNotFound;
  const [from = 0, to = 0] = ['from', 'to'].map((name) => Number(query.get(name)) * 1000);
  const end = Math.min(to, now);
  const count = Math.min(1_000, Math.max(2, Math.ceil((end - from) / DAY_MS)));
  const points = seriesOf(instrumentOf(id), end, { ms: Math.max(0, end - from), count });
  return answered({ prices: points.map(({ time, price }) => [time, price]) });
};

// Units of a currency for one US dollar.
const PER_DOLLAR: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 0.92,
  GBP: 0.79,
  CHF: 0.88,
  JPY: 152,
  CAD: 1.37,
  AUD: 1.52,
  SEK: 10.6,
  NOK: 10.9,
  DKK: 6.86,
  PLN: 3.95,
  CNY: 7.2,
  INR: 84,
  BRL: 5.7,
  MXN: 19.9,
  ZAR: 18.1,
  KRW: 1_390,
  SGD: 1.34,
  NZD: 1.68,
  TRY: 34.2,
};

/** ExchangeRate-API's open rates of a currency, renewed at midnight (UTC). */
export const openRates = (base: string, now: number): SampleAnswer => {
  const one = PER_DOLLAR[base];
  if (one === undefined) {
    return notFound({ result: 'error', 'error-type': 'unsupported-code' });
  }
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  const rates = Object.fromEntries(
    Object.entries(PER_DOLLAR).map(([code, units]) => [code, Number((units / one).toFixed(6))]),
  );
  return answered({
    result: 'success',
    time_last_update_unix: midnight / 1000,
    time_next_update_unix: (midnight + DAY_MS) / 1000,
    base_code: base,
    rates,
  });
};
