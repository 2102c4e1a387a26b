// Shares and coins. Written by the documentation that each row names.
import type { ServiceRowInput } from '../row.ts';

const symbol = {
  type: 'text',
  required: true,
  case: 'upper',
  pattern: '[A-Z0-9^][A-Z0-9.:^=-]{0,19}',
  hint: 'use a symbol like AAPL',
} as const;
const currencyCode = {
  type: 'text',
  case: 'upper',
  pattern: '[A-Z]{3}',
  hint: 'use a currency code like USD',
} as const;

// Alpha Vantage answers errors and its limits with status 200; the limit's text holds the caller's key.
const alphaFailures = [
  { at: '/Error Message', code: 'upstream_not_found' },
  { at: '/Note', code: 'upstream_rate_limited' },
  { at: '/Information', code: 'upstream_rate_limited' },
] as const;

const alphaVantage: ServiceRowInput = {
  title: 'Alpha Vantage',
  baseUrl: 'https://www.alphavantage.co',
  documentation: 'https://www.alphavantage.co/documentation/',
  key: { entry: 'ALPHA_VANTAGE_API_KEY', in: 'query', name: 'apikey' },
  defaultAction: 'quote',
  actions: {
    quote: {
      description: 'Price of a share at the last trading day.',
      example: { symbol: 'IBM' },
      path: '/query',
      query: { function: 'GLOBAL_QUOTE' },
      parameters: { symbol },
      ttlSeconds: 300,
      staleSeconds: 3_600,
      staleIfErrorSeconds: 86_400,
      failures: [...alphaFailures],
      select: {
        object: {
          symbol: '/Global Quote/01. symbol',
          price: { at: '/Global Quote/05. price', as: 'number' },
          change: { at: '/Global Quote/09. change', as: 'number' },
          changePercent: { at: '/Global Quote/10. change percent', as: 'number' },
          volume: { at: '/Global Quote/06. volume', as: 'number' },
          tradingDay: '/Global Quote/07. latest trading day',
        },
      },
    },
    daily: {
      description:
        'Open, high, low, close and volume of the last 100 trading days, as Alpha Vantage gives them.',
      example: { symbol: 'IBM' },
      path: '/query',
      query: { function: 'TIME_SERIES_DAILY', outputsize: 'compact' },
      parameters: { symbol },
      ttlSeconds: 3_600,
      staleSeconds: 86_400,
      failures: [...alphaFailures],
    },
    search: {
      description: 'Finds symbols by name.',
      example: { keywords: 'tesco' },
      path: '/query',
      query: { function: 'SYMBOL_SEARCH' },
      parameters: { keywords: { type: 'text', required: true, max: 60 } },
      ttlSeconds: 86_400,
      staleSeconds: 86_400,
      failures: [...alphaFailures],
      select: {
        each: '/bestMatches',
        pick: {
          object: {
            symbol: '/1. symbol',
            name: '/2. name',
            type: '/3. type',
            region: '/4. region',
            currency: '/8. currency',
          },
        },
      },
    },
    exchange: {
      description: 'Exchange rate of one currency in another.',
      example: { from: 'USD', to: 'EUR' },
      path: '/query',
      query: { function: 'CURRENCY_EXCHANGE_RATE' },
      parameters: {
        from: { ...currencyCode, required: true, as: 'from_currency' },
        to: { ...currencyCode, required: true, as: 'to_currency' },
      },
      ttlSeconds: 300,
      staleSeconds: 3_600,
      failures: [...alphaFailures],
      select: {
        object: {
          from: '/Realtime Currency Exchange Rate/1. From_Currency Code',
          to: '/Realtime Currency Exchange Rate/3. To_Currency Code',
          rate: { at: '/Realtime Currency Exchange Rate/5. Exchange Rate', as: 'number' },
          refreshed: '/Realtime Currency Exchange Rate/6. Last Refreshed',
        },
      },
    },
  },
};

const finnhub: ServiceRowInput = {
  title: 'Finnhub',
  baseUrl: 'https://finnhub.io/api/v1',
  documentation: 'https://finnhub.io/docs/api',
  key: { entry: 'FINNHUB_API_KEY', in: 'header', name: 'X-Finnhub-Token' },
  defaultAction: 'quote',
  actions: {
    quote: {
      description: 'Price of a share now.',
      example: { symbol: 'AAPL' },
      path: '/quote',
      parameters: { symbol },
      ttlSeconds: 30,
      staleSeconds: 60,
      staleIfErrorSeconds: 3_600,
      // What Finnhub does not know has the price 0 at the time 0.
      failures: [{ at: '/t', equals: 0, code: 'upstream_not_found' }],
      select: {
        object: {
          price: '/c',
          change: '/d',
          changePercent: '/dp',
          high: '/h',
          low: '/l',
          open: '/o',
          previousClose: '/pc',
          time: { at: '/t', as: 'unixSeconds' },
        },
      },
    },
    profile: {
      description: 'Name, country, exchange, industry and web address of a company.',
      example: { symbol: 'AAPL' },
      path: '/stock/profile2',
      parameters: { symbol },
      ttlSeconds: 86_400,
      staleSeconds: 604_800,
    },
    news: {
      description: 'News of a company between two days.',
      example: { symbol: 'AAPL', from: '2026-11-01', to: '2026-11-20' },
      path: '/company-news',
      parameters: {
        symbol,
        from: { type: 'date', required: true },
        to: { type: 'date', required: true },
      },
      ttlSeconds: 900,
      staleSeconds: 3_600,
    },
  },
};

const coindesk: ServiceRowInput = {
  title: 'CoinDesk',
  baseUrl: 'https://data-api.coindesk.com',
  documentation: 'https://developers.coindesk.com/documentation/data-api/index_cc_v1_latest_tick',
  key: {
    entry: 'COINDESK_API_KEY',
    in: 'header',
    name: 'Authorization',
    prefix: 'Apikey ',
    optional: true,
  },
  defaultAction: 'price',
  actions: {
    price: {
      description: 'Reference prices of coins (index CADLI), by instrument such as BTC-USD.',
      example: { instruments: ['BTC-USD'] },
      path: '/index/cc/v1/latest/tick',
      query: { market: 'cadli', apply_mapping: 'true' },
      parameters: {
        instruments: {
          type: 'list',
          required: true,
          max: 20,
          case: 'upper',
          pattern: '[A-Z0-9]{1,15}-[A-Z]{3,5}',
          hint: 'use an instrument like BTC-USD',
        },
      },
      ttlSeconds: 60,
      staleSeconds: 60,
      staleIfErrorSeconds: 3_600,
      select: '/Data',
    },
    history: {
      description: 'Daily open, high, low and close of a coin, newest last.',
      example: { instrument: 'BTC-USD', days: 30 },
      path: '/index/cc/v1/historical/days',
      query: { market: 'cadli' },
      parameters: {
        instrument: {
          type: 'text',
          required: true,
          case: 'upper',
          pattern: '[A-Z0-9]{1,15}-[A-Z]{3,5}',
          hint: 'use an instrument like BTC-USD',
        },
        days: { type: 'integer', min: 1, max: 365, default: 30, as: 'limit' },
      },
      ttlSeconds: 900,
      staleSeconds: 3_600,
      select: {
        each: '/Data',
        pick: {
          object: {
            time: { at: '/TIMESTAMP', as: 'unixSeconds' },
            open: '/OPEN',
            high: '/HIGH',
            low: '/LOW',
            close: '/CLOSE',
          },
        },
      },
    },
  },
};

/** Rows by name. */
export const FINANCE_ROWS: Readonly<Record<string, ServiceRowInput>> = {
  alpha_vantage: alphaVantage,
  finnhub,
  coindesk,
};
