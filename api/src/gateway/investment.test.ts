// What holdings were worth, against prices that a test sets by hand: the arithmetic can be done on paper.
import { describe, expect, test } from 'vitest';
import { type Asked, gatewayRig } from '../../test/gateway-rig.ts';
import { investmentSchema } from '../contract/gateway.ts';
import { daysBetween, wholeCurrency, worthOf } from './returns.ts';

type Series = Readonly<Record<string, number>>;
interface Listing {
  readonly currency: string;
  readonly timeZone?: string;
  /** Closing time of the day in UTC. */
  readonly at?: string;
  readonly prices: Series;
}

const seconds = (date: string, at = '20:00'): number => Date.parse(`${date}T${at}:00Z`) / 1000;

const chartOf = (symbol: string, { currency, timeZone, at, prices }: Listing) => ({
  status: 200,
  sample: false,
  body: {
    chart: {
      result: [
        {
          meta: {
            symbol,
            currency,
            exchangeTimezoneName: timeZone ?? 'America/New_York',
            regularMarketPrice: 1,
            regularMarketTime: 1,
          },
          timestamp: Object.keys(prices).map((date) => seconds(date, at)),
          indicators: { quote: [{ close: Object.values(prices) }] },
        },
      ],
    },
  },
});

const LISTINGS: Readonly<Record<string, Listing>> = {
  AAPL: { currency: 'USD', prices: { '2024-01-05': 100, '2025-01-03': 150, '2025-12-31': 121 } },
  SIE: {
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    prices: { '2024-01-05': 50, '2025-12-31': 60 },
  },
  VOD: { currency: 'GBp', timeZone: 'Europe/London', prices: { '2024-01-05': 200, '2025-12-31': 100 } },
  NEW: { currency: 'USD', prices: { '2025-06-02': 10, '2025-12-31': 20 } },
  // Sydney opens the evening before, by UTC.
  BHP: {
    currency: 'AUD',
    timeZone: 'Australia/Sydney',
    at: '23:00',
    prices: { '2024-01-04': 40, '2025-12-30': 44 },
  },
  'EURUSD=X': {
    currency: 'USD',
    timeZone: 'Europe/London',
    prices: { '2024-01-05': 1.1, '2025-12-31': 1.2 },
  },
};
const COIN: Series = { '2024-01-05': 40_000, '2025-12-31': 90_000 };

const answer = ({ path }: Asked) => {
  const symbol = decodeURIComponent(/chart\/(.*)$/.exec(path)?.[1] ?? '');
  const listing = Object.hasOwn(LISTINGS, symbol) ? LISTINGS[symbol] : undefined;
  if (listing !== undefined) return chartOf(symbol, listing);
  if (!path.includes('/coins/bitcoin/')) return { status: 404, body: {} };
  return {
    status: 200,
    sample: false,
    body: { prices: Object.entries(COIN).map(([date, price]) => [seconds(date) * 1000, price]) },
  };
};

const span = { from: '2024-01-05', to: '2025-12-31' };
const ask = async (request: object) => {
  const rig = gatewayRig({ answer });
  const { answer: given } = await rig.ask({ service: 'investment', ...span, ...request });
  return { ...investmentSchema.parse(given.data), asked: rig.asked };
};

describe('value = shares × price; return = gain / start; growth a year = (end / start)^(365 / days) − 1', () => {
  test('one holding by shares', async () => {
    const found = await ask({ symbol: 'aapl', shares: 10 });
    expect(found).toMatchObject({
      currency: 'USD',
      days: 726,
      startValue: 1000,
      endValue: 1210,
      gain: 210,
      returnPercent: 21,
      rates: [],
      holdings: [
        {
          symbol: 'AAPL',
          shares: 10,
          startPrice: 100,
          startDate: '2024-01-05',
          endPrice: 121,
          endDate: '2025-12-31',
        },
      ],
    });
    expect(found.annualisedPercent).toBeCloseTo((1.21 ** (365 / 726) - 1) * 100, 4);
  });

  test('one holding by the money that was put in, and a coin', async () => {
    expect(await ask({ symbol: 'AAPL', invested: 250 })).toMatchObject({ startValue: 250, endValue: 302.5 });
    expect(await ask({ coin: 'bitcoin', shares: 0.5 })).toMatchObject({
      currency: 'USD',
      startValue: 20_000,
      endValue: 45_000,
      returnPercent: 125,
    });
  });

  test('a portfolio is the sum of its holdings', async () => {
    const holdings = [
      { symbol: 'AAPL', shares: 10 },
      { coin: 'bitcoin', invested: 1000 },
    ];
    expect(await ask({ holdings })).toMatchObject({
      startValue: 2000,
      endValue: 1210 + 2250,
      returnPercent: 73,
    });
  });

  test('the price of a day without trade is the last before it', async () => {
    const found = await ask({ symbol: 'AAPL', shares: 1, from: '2024-01-07', to: '2025-01-05' });
    expect(found.holdings[0]).toMatchObject({
      startDate: '2024-01-05',
      endDate: '2025-01-03',
      endPrice: 150,
    });
  });

  test('a day is the day of the exchange', async () => {
    const found = await ask({ symbol: 'BHP', shares: 1 });
    expect(found.holdings[0]).toMatchObject({ startDate: '2024-01-05', endDate: '2025-12-31' });
  });

  test('under a year there is no growth a year', async () => {
    const { annualisedPercent, returnPercent } = await ask({ symbol: 'AAPL', shares: 1, to: '2025-01-03' });
    expect([annualisedPercent, returnPercent]).toEqual([null, 50]);
  });
});

describe('currencies', () => {
  const holdings = [
    { symbol: 'AAPL', shares: 10 },
    { symbol: 'SIE', shares: 10 },
  ];

  test('mixed ones are refused, and the error says what to do', async () => {
    await expect(ask({ holdings })).rejects.toMatchObject({
      code: 'invalid_request',
      message: 'The holdings are priced in USD, EUR: give currency, and all is converted to it.',
    });
  });

  test('are converted with the rates of both days, which are said', async () => {
    const found = await ask({ holdings, currency: 'usd' });
    expect(found).toMatchObject({
      currency: 'USD',
      startValue: 1000 + 550,
      endValue: 1210 + 720,
      rates: [{ from: 'EUR', to: 'USD', start: 1.1, end: 1.2 }],
    });
    expect(found.holdings[1]).toMatchObject({ priceCurrency: 'EUR', startPrice: 50, startValue: 550 });
  });

  test('pence are a hundredth of a pound', async () => {
    expect(await ask({ symbol: 'VOD', shares: 100 })).toMatchObject({
      currency: 'GBP',
      startValue: 200,
      endValue: 100,
      returnPercent: -50,
    });
    expect(wholeCurrency('GBp')).toEqual({ currency: 'GBP', unit: 0.01 });
    expect(wholeCurrency('constructor')).toEqual({ currency: 'CONSTRUCTOR', unit: 1 });
  });
});

describe('G18 and what else is refused', () => {
  test.each<[string, object, string]>([
    [
      'G18: 10,000 holdings',
      { holdings: Array.from({ length: 10_000 }, () => ({ symbol: 'AAPL', shares: 1 })) },
      'holdings',
    ],
    [
      'G18: 21 holdings',
      { holdings: Array.from({ length: 21 }, (_, i) => ({ symbol: `S${i}`, shares: 1 })) },
      'holdings',
    ],
    ['nothing', {}, 'holdings'],
    ['a list and one', { holdings: [{ symbol: 'AAPL', shares: 1 }], symbol: 'AAPL', shares: 1 }, 'holdings'],
    ['an empty list', { holdings: [] }, 'holdings'],
    ['a share and a coin', { holdings: [{ symbol: 'AAPL', coin: 'bitcoin', shares: 1 }] }, 'holdings.0'],
    ['shares and money', { holdings: [{ symbol: 'AAPL', shares: 1, invested: 1 }] }, 'holdings.0'],
    ['no shares', { holdings: [{ symbol: 'AAPL' }] }, 'holdings.0'],
    ['negative shares', { symbol: 'AAPL', shares: -1 }, 'shares'],
    ['a day that is none', { symbol: 'AAPL', shares: 1, from: '2025-02-30' }, 'from'],
    ['a future', { symbol: 'AAPL', shares: 1, to: '2099-01-01' }, 'to'],
    [
      'a span the wrong way round',
      { symbol: 'AAPL', shares: 1, from: '2025-12-31', to: '2025-01-01' },
      'from',
    ],
    ['an address', { symbol: 'AAPL', shares: 1, url: 'http://evil.test' }, 'url'],
  ])('%s', async (_name, request, field) => {
    const rig = gatewayRig({ answer });
    const asked = rig.ask({ service: 'investment', ...span, ...request });
    await expect(asked).rejects.toMatchObject({ code: 'invalid_request', extra: { field } });
    expect(rig.asked).toEqual([]);
  });

  test('the same share twenty times over is one call', async () => {
    const holdings = Array.from({ length: 20 }, () => ({ symbol: 'AAPL', shares: 1 }));
    expect((await ask({ holdings })).asked).toHaveLength(1);
  });

  test('a symbol that is not known, and a share that was not there yet, are named', async () => {
    await expect(ask({ symbol: 'NOPE', shares: 1 })).rejects.toMatchObject({
      message: 'There are no prices of NOPE.',
    });
    await expect(ask({ symbol: 'NEW', shares: 1 })).rejects.toThrow(/no price of NEW on 2024-01-05/);
  });
});

test.each([
  ['2024-01-01', '2025-01-01', 366],
  ['2026-03-28', '2026-03-30', 2],
])('from %s to %s are %i days, whatever clocks do', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
});

test('a total loss is one', () => {
  expect(worthOf(100, 0, 730)).toMatchObject({ gain: -100, returnPercent: -100, annualisedPercent: -100 });
});
