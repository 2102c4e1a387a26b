// The first four services, whose answers are normalised: what they are asked, what they answer by their documentation, and
// what an app must get.
import { type DocumentedExchange, exchange } from './exchange.ts';

const yahooMeta = {
  currency: 'USD',
  symbol: 'AAPL',
  exchangeTimezoneName: 'America/New_York',
  longName: 'Apple Inc.',
  regularMarketPrice: 231.5,
  regularMarketTime: 1_763_740_800,
  chartPreviousClose: 230,
};
const yahooChart = (timestamp: number[], close: (number | null)[]) => ({
  chart: { result: [{ meta: yahooMeta, timestamp, indicators: { quote: [{ close }] } }], error: null },
});

const bitcoin = {
  id: 'bitcoin',
  symbol: 'btc',
  name: 'Bitcoin',
  image: 'https://assets.coingecko.com/coins/images/1/large/bitcoin.png',
  current_price: 84_000.5,
  market_cap: 1_670_000_000_000,
  market_cap_rank: 1,
  total_volume: 45_000_000_000,
  price_change_percentage_24h: -1.25,
  last_updated: '2026-11-21T16:00:00.000Z',
};
const bitcoinQuote = {
  id: 'bitcoin',
  symbol: 'BTC',
  name: 'Bitcoin',
  price: 84_000.5,
  changePercent24h: -1.25,
  currency: 'USD',
  time: '2026-11-21T16:00:00.000Z',
};

const weatherStep = (dt: number, temp: number) => ({
  dt,
  main: { temp, feels_like: temp - 1, pressure: 1012, humidity: 81 },
  weather: [{ id: 500, main: 'Rain', description: 'light rain', icon: '10d' }],
  wind: { speed: 4.1, deg: 240 },
});
const reading = (time: string, temperature: number) => ({
  temperature,
  feelsLike: temperature - 1,
  humidity: 81,
  windSpeed: 4.1,
  description: 'light rain',
  icon: '10d',
  time,
});
const tokyo = { city: 'Tokyo', country: 'JP', utcOffsetSeconds: 32_400, latitude: 35.69, longitude: 139.69 };

/** The first four, which are normalised. */
export const NORMALISED: readonly DocumentedExchange[] = [
  exchange('yahoo_finance', 'quote', {
    params: { symbols: ['aapl'] },
    url: '/v8/finance/chart/AAPL?range=1d&interval=5m',
    body: yahooChart([1_763_740_800], [231.5]),
    data: {
      quotes: [
        {
          symbol: 'AAPL',
          name: 'Apple Inc.',
          price: 231.5,
          change: 1.5,
          changePercent: 0.652,
          currency: 'USD',
          time: '2025-11-21T16:00:00.000Z',
          timeZone: 'America/New_York',
        },
      ],
    },
  }),
  exchange('yahoo_finance', 'history', {
    params: { symbol: '^GSPC', range: '5y' },
    url: '/v8/finance/chart/%5EGSPC?interval=1wk&range=5y',
    body: yahooChart([1_763_740_800, 1_763_827_200], [null, 231.123456]),
    data: {
      symbol: 'AAPL',
      currency: 'USD',
      timeZone: 'America/New_York',
      points: [{ time: '2025-11-22T16:00:00.000Z', close: 231.1235 }],
    },
  }),
  exchange('yahoo_finance', 'between', {
    params: { symbol: 'AAPL', from: '2025-11-20', to: '2025-11-21' },
    url: '/v8/finance/chart/AAPL?interval=1d&period1=1763596800&period2=1763769600',
    body: yahooChart([1_763_740_800], [231.5]),
    data: {
      symbol: 'AAPL',
      currency: 'USD',
      timeZone: 'America/New_York',
      points: [{ time: '2025-11-21T16:00:00.000Z', close: 231.5 }],
    },
  }),
  exchange('yahoo_finance', 'search', {
    params: { query: 'apple & co' },
    url: '/v1/finance/search?newsCount=0&q=apple+%26+co&quotesCount=10',
    body: {
      count: 2,
      quotes: [
        { exchange: 'NMS', shortname: 'Apple Inc.', quoteType: 'EQUITY', symbol: 'AAPL', exchDisp: 'NASDAQ' },
        { index: 'private_company', name: 'Apple Tree Partners', permalink: 'apple-tree-partners' },
      ],
      news: [],
    },
    data: { matches: [{ symbol: 'AAPL', name: 'Apple Inc.', exchange: 'NASDAQ', type: 'equity' }] },
  }),
  exchange('coingecko', 'price', {
    params: { ids: ['bitcoin'] },
    url: '/api/v3/coins/markets?ids=bitcoin&vs_currency=usd',
    body: [bitcoin],
    data: { quotes: [bitcoinQuote] },
  }),
  exchange('coingecko', 'markets', {
    params: { limit: 1 },
    url: '/api/v3/coins/markets?order=market_cap_desc&vs_currency=usd&per_page=1&page=1',
    body: [bitcoin],
    data: {
      coins: [{ ...bitcoinQuote, marketCap: 1_670_000_000_000, rank: 1, volume24h: 45_000_000_000 }],
    },
  }),
  exchange('coingecko', 'history', {
    params: { id: 'bitcoin', days: 1 },
    url: '/api/v3/coins/bitcoin/market_chart?vs_currency=usd&days=1',
    body: { prices: [[1_763_740_800_000, 84_000.5]], market_caps: [], total_volumes: [] },
    data: {
      id: 'bitcoin',
      currency: 'USD',
      points: [{ time: '2025-11-21T16:00:00.000Z', price: 84_000.5 }],
    },
  }),
  exchange('coingecko', 'between', {
    params: { id: 'bitcoin', currency: 'EUR', from: '2025-11-20', to: '2025-11-21' },
    url: '/api/v3/coins/bitcoin/market_chart/range?vs_currency=eur&from=1763596800&to=1763769600',
    body: { prices: [[1_763_740_800_000, 73_000]], market_caps: [], total_volumes: [] },
    data: { id: 'bitcoin', currency: 'EUR', points: [{ time: '2025-11-21T16:00:00.000Z', price: 73_000 }] },
  }),
  exchange('openweather', 'current', {
    params: { latitude: 35.69, longitude: 139.69 },
    url: '/data/2.5/weather?units=metric&lat=35.69&lon=139.69',
    body: {
      ...weatherStep(1_763_740_800, 12.5),
      coord: { lat: 35.69, lon: 139.69 },
      base: 'stations',
      visibility: 10_000,
      sys: { country: 'JP', sunrise: 1_763_760_000, sunset: 1_763_796_000 },
      timezone: 32_400,
      id: 1_850_147,
      name: 'Tokyo',
      cod: 200,
    },
    data: { ...tokyo, ...reading('2025-11-21T16:00:00.000Z', 12.5) },
  }),
  exchange('openweather', 'forecast', {
    params: { city: 'Tokyo' },
    url: '/data/2.5/forecast?units=metric&q=Tokyo',
    body: {
      cod: '200',
      message: 0,
      cnt: 2,
      // 14:00 UTC is still the 21st in Tokyo; 16:00 UTC is one o'clock of the 22nd.
      list: [
        { ...weatherStep(1_763_733_600, 14), pop: 0.2 },
        { ...weatherStep(1_763_740_800, 12.5), pop: 0.65 },
      ],
      city: {
        id: 1_850_147,
        name: 'Tokyo',
        coord: { lat: 35.69, lon: 139.69 },
        country: 'JP',
        timezone: 32_400,
      },
    },
    data: {
      ...tokyo,
      days: [
        {
          date: '2025-11-21',
          low: 14,
          high: 14,
          precipitationChance: 20,
          description: 'light rain',
          icon: '10d',
        },
        {
          date: '2025-11-22',
          low: 12.5,
          high: 12.5,
          precipitationChance: 65,
          description: 'light rain',
          icon: '10d',
        },
      ],
      points: [
        { ...reading('2025-11-21T14:00:00.000Z', 14), precipitationChance: 20 },
        { ...reading('2025-11-21T16:00:00.000Z', 12.5), precipitationChance: 65 },
      ],
    },
  }),
];
