// The rows whose answers are normalised to shapes of our own: share prices, coins, weather. Documentation by which they
// were written stands in each row; Yahoo's is unofficial, because Yahoo publishes none.
import type { ServiceRowInput } from '../row.ts';

const symbol = { pattern: '[A-Z0-9^][A-Z0-9.^=-]{0,19}', hint: 'use a symbol like AAPL, ^GSPC or EURUSD=X' };
const coinId = { pattern: '[a-z0-9][a-z0-9-]{0,63}', hint: 'use a CoinGecko id like bitcoin' };
const currency = {
  type: 'text',
  case: 'lower',
  pattern: '[a-z]{3,5}',
  hint: 'use a currency code like usd',
  default: 'usd',
  as: 'vs_currency',
} as const;
const city = {
  type: 'text',
  max: 100,
  pattern: "[\\p{L}\\p{M}\\p{N} ,.'’-]+",
  hint: 'use a city name like London or Paris, FR',
  as: 'q',
} as const;
const latitude = { type: 'number', min: -90, max: 90, as: 'lat' } as const;
const longitude = { type: 'number', min: -180, max: 180, as: 'lon' } as const;
const from = { type: 'date', required: true, format: 'unix', description: 'First day.' } as const;
const to = { type: 'date', required: true, format: 'unixEnd', description: 'Last day.' } as const;

const yahooFinance: ServiceRowInput = {
  title: 'Yahoo Finance',
  baseUrl: 'https://query1.finance.yahoo.com',
  documentation: 'https://github.com/ranaroussi/yfinance',
  defaultAction: 'quote',
  actions: {
    quote: {
      description: 'Price and change against the previous close, for up to 20 symbols.',
      example: { symbols: ['AAPL', 'MSFT'] },
      path: '/v8/finance/chart/{symbols}',
      query: { range: '1d', interval: '5m' },
      parameters: {
        symbols: { type: 'list', each: true, required: true, alias: 'symbol', case: 'upper', ...symbol },
      },
      ttlSeconds: 30,
      staleSeconds: 30,
      staleIfErrorSeconds: 3_600,
      normaliser: 'stock-quote',
    },
    history: {
      description: 'Closing prices of one symbol; range is 1d, 5d, 1mo, 3mo, 6mo, ytd, 1y, 5y or max.',
      example: { symbol: 'AAPL', range: '1mo' },
      path: '/v8/finance/chart/{symbol}',
      // Each range with the interval that gives some 20 to 260 points.
      query: {
        interval: {
          by: 'range',
          is: {
            '1d': '5m',
            '5d': '30m',
            '1mo': '1d',
            '3mo': '1d',
            '6mo': '1d',
            ytd: '1d',
            '1y': '1d',
            '5y': '1wk',
            max: '1mo',
          },
        },
      },
      parameters: {
        symbol: { type: 'text', required: true, case: 'upper', ...symbol },
        range: {
          type: 'text',
          enum: ['1d', '5d', '1mo', '3mo', '6mo', 'ytd', '1y', '5y', 'max'],
          default: '1mo',
        },
      },
      ttlSeconds: 300,
      staleSeconds: 300,
      staleIfErrorSeconds: 86_400,
      normaliser: 'stock-history',
    },
    between: {
      description: 'Daily closing prices of one symbol between two days.',
      example: { symbol: 'AAPL', from: '2026-01-02', to: '2026-06-30' },
      path: '/v8/finance/chart/{symbol}',
      query: { interval: '1d' },
      parameters: {
        symbol: { type: 'text', required: true, case: 'upper', ...symbol },
        from: { ...from, as: 'period1' },
        to: { ...to, as: 'period2' },
      },
      ttlSeconds: 900,
      staleSeconds: 900,
      staleIfErrorSeconds: 86_400,
      normaliser: 'stock-history',
    },
    search: {
      description: 'Finds symbols by the name of a company, fund, index or currency pair.',
      example: { query: 'apple' },
      path: '/v1/finance/search',
      query: { newsCount: '0' },
      parameters: {
        query: { type: 'text', required: true, max: 60, as: 'q' },
        limit: { type: 'integer', min: 1, max: 20, default: 10, as: 'quotesCount' },
      },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
      normaliser: 'stock-search',
    },
  },
};

const coingecko: ServiceRowInput = {
  title: 'CoinGecko',
  baseUrl: 'https://api.coingecko.com',
  documentation: 'https://docs.coingecko.com/v3.0.1/reference/introduction',
  // The public API answers without a key, less often; the demo key goes into a header.
  key: { entry: 'COINGECKO_API_KEY', in: 'header', name: 'x-cg-demo-api-key', optional: true },
  defaultAction: 'price',
  actions: {
    price: {
      description: 'Price and 24 hour change of up to 20 coins, by CoinGecko id.',
      example: { ids: ['bitcoin', 'ethereum'], currency: 'usd' },
      path: '/api/v3/coins/markets',
      parameters: {
        ids: { type: 'list', required: true, alias: 'id', max: 20, case: 'lower', ...coinId },
        currency,
      },
      ttlSeconds: 60,
      staleSeconds: 60,
      staleIfErrorSeconds: 3_600,
      normaliser: 'coin-price',
    },
    markets: {
      description: 'The largest coins by market value, with price, change and volume.',
      example: { currency: 'usd', limit: 10 },
      path: '/api/v3/coins/markets',
      query: { order: 'market_cap_desc' },
      parameters: {
        currency,
        limit: { type: 'integer', min: 1, max: 100, default: 20, as: 'per_page' },
        page: { type: 'integer', min: 1, max: 50, default: 1 },
      },
      ttlSeconds: 60,
      staleSeconds: 120,
      staleIfErrorSeconds: 3_600,
      normaliser: 'coin-markets',
    },
    history: {
      description: 'Prices of one coin over 1 to 365 days.',
      example: { id: 'bitcoin', days: 7, currency: 'usd' },
      path: '/api/v3/coins/{id}/market_chart',
      parameters: {
        id: { type: 'text', required: true, case: 'lower', ...coinId },
        currency,
        days: { type: 'integer', min: 1, max: 365, default: 7 },
      },
      ttlSeconds: 300,
      staleSeconds: 300,
      staleIfErrorSeconds: 86_400,
      normaliser: 'coin-history',
    },
    between: {
      description: 'Prices of one coin between two days. The public API reaches back 365 days.',
      example: { id: 'bitcoin', from: '2026-06-01', to: '2026-09-30', currency: 'usd' },
      path: '/api/v3/coins/{id}/market_chart/range',
      parameters: {
        id: { type: 'text', required: true, case: 'lower', ...coinId },
        currency,
        from,
        to,
      },
      ttlSeconds: 900,
      staleSeconds: 900,
      staleIfErrorSeconds: 86_400,
      normaliser: 'coin-history',
    },
  },
};

const openweather: ServiceRowInput = {
  title: 'OpenWeather',
  baseUrl: 'https://api.openweathermap.org',
  documentation: 'https://openweathermap.org/current',
  key: { entry: 'OPENWEATHER_API_KEY', in: 'query', name: 'appid' },
  defaultAction: 'current',
  actions: {
    current: {
      description: 'Weather now, by city or by coordinates, in metric units.',
      example: { city: 'London' },
      path: '/data/2.5/weather',
      query: { units: 'metric' },
      parameters: { city, latitude, longitude },
      oneOf: [['city'], ['latitude', 'longitude']],
      ttlSeconds: 300,
      staleSeconds: 300,
      staleIfErrorSeconds: 7_200,
      normaliser: 'weather-now',
    },
    forecast: {
      description: 'Weather of the next five days, by city or by coordinates, in metric units.',
      example: { city: 'London' },
      path: '/data/2.5/forecast',
      query: { units: 'metric' },
      parameters: { city, latitude, longitude },
      oneOf: [['city'], ['latitude', 'longitude']],
      ttlSeconds: 1_800,
      staleSeconds: 1_800,
      staleIfErrorSeconds: 21_600,
      normaliser: 'weather-forecast',
    },
  },
};

/** Rows by name. */
export const NORMALISED_ROWS: Readonly<Record<string, ServiceRowInput>> = {
  yahoo_finance: yahooFinance,
  coingecko,
  openweather,
};
