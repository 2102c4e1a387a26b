// Services whose rows take parts of the answer: what they are asked, what they answer by their documentation, and what an
// app must get.
import { type DocumentedExchange, exchange } from './exchange.ts';

const openRates = {
  result: 'success',
  provider: 'https://www.exchangerate-api.com',
  time_last_update_unix: 1_763_683_200,
  time_next_update_unix: 1_763_769_600,
  time_eol_unix: 0,
  base_code: 'USD',
  rates: { USD: 1, EUR: 0.87 },
};

/** Rows that take parts of the answer. */
export const SELECTED: readonly DocumentedExchange[] = [
  exchange('alpha_vantage', 'quote', {
    params: { symbol: 'ibm' },
    url: '/query?function=GLOBAL_QUOTE&symbol=IBM',
    body: {
      'Global Quote': {
        '01. symbol': 'IBM',
        '05. price': '297.4400',
        '06. volume': '5621389',
        '07. latest trading day': '2026-11-20',
        '09. change': '6.1800',
        '10. change percent': '2.1218%',
      },
    },
    data: {
      symbol: 'IBM',
      price: 297.44,
      change: 6.18,
      changePercent: 2.1218,
      volume: 5_621_389,
      tradingDay: '2026-11-20',
    },
  }),
  exchange('alpha_vantage', 'search', {
    params: { keywords: 'tesco' },
    url: '/query?function=SYMBOL_SEARCH&keywords=tesco',
    body: {
      bestMatches: [
        {
          '1. symbol': 'TSCO.LON',
          '2. name': 'Tesco PLC',
          '3. type': 'Equity',
          '4. region': 'United Kingdom',
          '8. currency': 'GBX',
        },
      ],
    },
    data: [
      { symbol: 'TSCO.LON', name: 'Tesco PLC', type: 'Equity', region: 'United Kingdom', currency: 'GBX' },
    ],
  }),
  exchange('finnhub', 'quote', {
    params: { symbol: 'AAPL' },
    url: '/quote?symbol=AAPL',
    body: { c: 261.74, d: 1.2, dp: 0.46, h: 263.31, l: 260.68, o: 261.07, pc: 259.45, t: 1_763_740_800 },
    data: {
      price: 261.74,
      change: 1.2,
      changePercent: 0.46,
      high: 263.31,
      low: 260.68,
      open: 261.07,
      previousClose: 259.45,
      time: '2025-11-21T16:00:00.000Z',
    },
  }),
  exchange('exchangerate', 'latest', {
    params: { base: 'usd' },
    url: '/v6/latest/USD',
    body: openRates,
    data: {
      base: 'USD',
      rates: { USD: 1, EUR: 0.87 },
      time: '2025-11-21T00:00:00.000Z',
      nextUpdate: '2025-11-22T00:00:00.000Z',
    },
  }),
  exchange('exchangerate_pro', 'pair', {
    params: { from: 'EUR', to: 'GBP' },
    url: '/v6/{key}/pair/EUR/GBP',
    body: {
      result: 'success',
      time_last_update_unix: 1_763_683_200,
      base_code: 'EUR',
      target_code: 'GBP',
      conversion_rate: 0.8412,
    },
    data: { from: 'EUR', to: 'GBP', rate: 0.8412, time: '2025-11-21T00:00:00.000Z' },
  }),
  exchange('newsapi', 'headlines', {
    params: { country: 'ch', limit: 1 },
    url: '/top-headlines?country=ch&pageSize=1&page=1',
    body: {
      status: 'ok',
      totalResults: 38,
      articles: [
        {
          source: { id: null, name: 'Example' },
          author: 'A. Writer',
          title: 'A title',
          description: 'What it is about',
          url: 'https://example.org/a',
          urlToImage: null,
          publishedAt: '2026-11-21T16:00:00Z',
          content: '…',
        },
      ],
    },
    data: {
      total: 38,
      articles: [
        {
          title: 'A title',
          description: 'What it is about',
          source: 'Example',
          author: 'A. Writer',
          link: 'https://example.org/a',
          image: null,
          time: '2026-11-21T16:00:00Z',
        },
      ],
    },
  }),
  exchange('giphy', 'search', {
    params: { query: 'cat', limit: 1 },
    url: '/gifs/search?q=cat&rating=g&limit=1',
    body: {
      data: [
        {
          id: 'abc',
          title: 'A cat',
          url: 'https://giphy.com/gifs/abc',
          rating: 'g',
          images: { fixed_height: { url: 'https://media.giphy.com/abc.gif', width: '300', height: '200' } },
        },
      ],
      meta: { status: 200, msg: 'OK' },
    },
    data: [
      {
        id: 'abc',
        title: 'A cat',
        page: 'https://giphy.com/gifs/abc',
        rating: 'g',
        gif: 'https://media.giphy.com/abc.gif',
        width: 300,
        height: 200,
      },
    ],
  }),
  exchange('coindesk', 'price', {
    params: { instruments: ['btc-usd'] },
    url: '/index/cc/v1/latest/tick?market=cadli&apply_mapping=true&instruments=BTC-USD',
    body: { Data: { 'BTC-USD': { TYPE: '985', MARKET: 'cadli', VALUE: 84_000.5 } }, Err: {} },
    data: { 'BTC-USD': { TYPE: '985', MARKET: 'cadli', VALUE: 84_000.5 } },
  }),
  exchange('restcountries', 'name', {
    params: { name: 'Côte d’Ivoire' },
    url: '/name/C%C3%B4te%20d%E2%80%99Ivoire?fields=name%2Ccca2%2Ccapital%2Cregion%2Csubregion%2Cpopulation%2Carea%2Ccurrencies%2Clanguages%2Cflag',
    body: [
      {
        name: { common: 'Ivory Coast', official: 'Republic of Côte d’Ivoire' },
        cca2: 'CI',
        capital: ['Yamoussoukro'],
        region: 'Africa',
        subregion: 'Western Africa',
        population: 26_378_275,
        area: 322_463,
        currencies: { XOF: { name: 'West African CFA franc', symbol: 'Fr' } },
        languages: { fra: 'French' },
        flag: '🇨🇮',
      },
    ],
    data: {
      countries: [
        {
          name: 'Ivory Coast',
          official: 'Republic of Côte d’Ivoire',
          code: 'CI',
          capital: 'Yamoussoukro',
          region: 'Africa',
          subregion: 'Western Africa',
          population: 26_378_275,
          area: 322_463,
          currencies: { XOF: { name: 'West African CFA franc', symbol: 'Fr' } },
          languages: { fra: 'French' },
          flag: '🇨🇮',
        },
      ],
    },
  }),
  exchange('open-meteo-geocoding', 'search', {
    params: { name: 'Berlin', limit: 1 },
    url: '/search?format=json&name=Berlin&count=1&language=en',
    body: {
      results: [
        {
          id: 2_950_159,
          name: 'Berlin',
          latitude: 52.52437,
          longitude: 13.41053,
          country_code: 'DE',
          timezone: 'Europe/Berlin',
          population: 3_426_354,
          country: 'Germany',
          admin1: 'Land Berlin',
        },
      ],
    },
    data: {
      places: [
        {
          name: 'Berlin',
          country: 'Germany',
          countryCode: 'DE',
          region: 'Land Berlin',
          latitude: 52.52437,
          longitude: 13.41053,
          timeZone: 'Europe/Berlin',
          population: 3_426_354,
        },
      ],
    },
  }),
];
