// Yahoo Finance through its chart endpoint, which needs no key: one call per symbol, both for quotes and history.
// The shape is undocumented by Yahoo; only the fields used here are required of it.
import { z } from 'zod';
import { stockQuoteSchema } from '../contract/gateway.ts';
import { MAX_FAN_OUT } from '../contract/limits.ts';
import { action, fillPath, type Service, type UpstreamCall } from './service.ts';

const symbol = z
  .string()
  .regex(/^[A-Za-z0-9^][A-Za-z0-9.^=-]{0,19}$/, 'use a symbol like AAPL, ^GSPC or EURUSD=X');
const upper = (text: string): string => text.toUpperCase();

const symbolList = z
  .strictObject({ symbols: z.array(symbol).min(1).max(MAX_FAN_OUT).optional(), symbol: symbol.optional() })
  .refine(
    ({ symbols, symbol: one }) => (symbols === undefined) !== (one === undefined),
    'give symbols, a list like ["AAPL"]',
  )
  .transform(({ symbols, symbol: one }) => ({ symbols: [...new Set((symbols ?? [one ?? '']).map(upper))] }));

// Ranges that Yahoo takes, each with the interval that gives some 20 to 260 points.
const INTERVALS = {
  '1d': '5m',
  '5d': '30m',
  '1mo': '1d',
  '3mo': '1d',
  '6mo': '1d',
  ytd: '1d',
  '1y': '1d',
  '5y': '1wk',
  max: '1mo',
} as const;
const ranges = z.enum(['1d', '5d', '1mo', '3mo', '6mo', 'ytd', '1y', '5y', 'max']);
const historyParams = z.strictObject({ symbol: symbol.transform(upper), range: ranges.default('1mo') });

const chartCall = (name: string, range: keyof typeof INTERVALS): UpstreamCall => ({
  key: name,
  path: fillPath('/v8/finance/chart/{symbol}', { symbol: name }),
  query: { range, interval: INTERVALS[range] },
});

const meta = z.object({
  symbol: z.string(),
  currency: z.string().nullish(),
  longName: z.string().nullish(),
  shortName: z.string().nullish(),
  regularMarketPrice: z.number(),
  regularMarketTime: z.number(),
  chartPreviousClose: z.number().nullish(),
  previousClose: z.number().nullish(),
});
const chartBody = z.object({
  chart: z.object({
    result: z
      .array(
        z.object({
          meta,
          timestamp: z.array(z.number()).nullish(),
          indicators: z.object({
            quote: z.array(z.object({ close: z.array(z.number().nullable()).nullish() })),
          }),
        }),
      )
      .min(1),
  }),
});

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
const isoOfSeconds = (seconds: number): string => new Date(seconds * 1000).toISOString();

const firstResult = (body: unknown) => {
  const result = chartBody.parse(body).chart.result[0];
  if (result === undefined) throw new Error('the chart has no result');
  return result;
};

const toQuote = (body: unknown): z.infer<typeof stockQuoteSchema> => {
  const found = firstResult(body).meta;
  const before = found.previousClose ?? found.chartPreviousClose ?? null;
  const change = before === null ? null : round(found.regularMarketPrice - before, 4);
  return {
    symbol: found.symbol,
    name: found.longName ?? found.shortName ?? found.symbol,
    price: found.regularMarketPrice,
    change,
    changePercent:
      change === null || before === null || before === 0 ? null : round((change / before) * 100, 3),
    currency: found.currency ?? '',
    time: isoOfSeconds(found.regularMarketTime),
  };
};

const historyItem = z.object({
  symbol: z.string(),
  currency: z.string(),
  points: z.array(z.object({ time: z.string(), close: z.number() })),
});

const toHistory = (body: unknown): z.infer<typeof historyItem> => {
  const result = firstResult(body);
  const closes = result.indicators.quote[0]?.close ?? [];
  const times = result.timestamp ?? [];
  // Yahoo leaves null where there was no trade.
  const points = times.flatMap((time, i) => {
    const close = closes[i];
    return close === null || close === undefined
      ? []
      : [{ time: isoOfSeconds(time), close: round(close, 4) }];
  });
  return { symbol: result.meta.symbol, currency: result.meta.currency ?? '', points };
};

/** Share prices: `quote` for now, `history` for a chart. */
export const yahooFinance: Service = {
  name: 'yahoo_finance',
  title: 'Yahoo Finance',
  baseUrl: 'https://query1.finance.yahoo.com',
  defaultAction: 'quote',
  actions: {
    quote: action({
      description: 'Price and change against the previous close, for up to 20 symbols.',
      example: { symbols: ['AAPL', 'MSFT'] },
      ttlSeconds: 30,
      params: symbolList,
      item: stockQuoteSchema,
      calls: ({ symbols }) => symbols.map((name) => chartCall(name, '1d')),
      parse: toQuote,
      combine: (quotes, missing) => ({ quotes, ...(missing.length > 0 ? { missing } : {}) }),
    }),
    history: action({
      description: 'Closing prices of one symbol; range is 1d, 5d, 1mo, 3mo, 6mo, ytd, 1y, 5y or max.',
      example: { symbol: 'AAPL', range: '1mo' },
      ttlSeconds: 300,
      params: historyParams,
      item: historyItem,
      calls: ({ symbol: name, range }) => [chartCall(name, range)],
      parse: toHistory,
      combine: ([history]) => history,
    }),
  },
};
