// Yahoo Finance's chart and search answers. The shape is undocumented by Yahoo; only the fields used here are required
// of it. Closing prices are adjusted for splits, not for dividends; times are instants in UTC.
import { z } from 'zod';
import { stockHistorySchema, stockMatchSchema, stockQuoteSchema } from '../../contract/gateway.ts';
import { normaliser } from './normaliser.ts';

const meta = z.object({
  symbol: z.string(),
  currency: z.string().nullish(),
  longName: z.string().nullish(),
  shortName: z.string().nullish(),
  exchangeTimezoneName: z.string().nullish(),
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
const searchBody = z.object({
  quotes: z.array(
    z.object({
      symbol: z.string().optional(),
      shortname: z.string().nullish(),
      longname: z.string().nullish(),
      exchDisp: z.string().nullish(),
      quoteType: z.string().nullish(),
    }),
  ),
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
  const percent = change === null || before === null || before === 0 ? null : (change / before) * 100;
  return {
    symbol: found.symbol,
    name: found.longName ?? found.shortName ?? found.symbol,
    price: found.regularMarketPrice,
    change,
    changePercent: percent === null ? null : round(percent, 3),
    currency: found.currency ?? '',
    time: isoOfSeconds(found.regularMarketTime),
    timeZone: found.exchangeTimezoneName ?? null,
  };
};

const toHistory = (body: unknown): z.infer<typeof stockHistorySchema> => {
  const { meta: about, timestamp, indicators } = firstResult(body);
  const closes = indicators.quote[0]?.close ?? [];
  // Yahoo leaves null where there was no trade.
  const points = (timestamp ?? []).flatMap((time, i) => {
    const close = closes[i] ?? null;
    return close === null ? [] : [{ time: isoOfSeconds(time), close: round(close, 4) }];
  });
  return {
    symbol: about.symbol,
    currency: about.currency ?? '',
    timeZone: about.exchangeTimezoneName ?? null,
    points,
  };
};

/** `yahoo_finance` `quote`. */
export const stockQuote = normaliser({
  item: stockQuoteSchema,
  parse: toQuote,
  combine: (quotes, missing) => ({ quotes, ...(missing.length > 0 ? { missing } : {}) }),
});

/** `yahoo_finance` `history` and `between`. */
export const stockHistory = normaliser({ item: stockHistorySchema, parse: toHistory });

/** `yahoo_finance` `search`. */
export const stockSearch = normaliser({
  item: z.object({ matches: z.array(stockMatchSchema) }),
  parse: (body) => ({
    matches: searchBody.parse(body).quotes.flatMap(({ symbol, shortname, longname, exchDisp, quoteType }) =>
      // News and private companies come without a symbol.
      symbol === undefined
        ? []
        : [
            {
              symbol,
              name: longname ?? shortname ?? symbol,
              exchange: exchDisp ?? '',
              type: (quoteType ?? '').toLowerCase(),
            },
          ],
    ),
  }),
});
