// The Gateway: live data by the name of a service, never by a client's URL. These are the shapes that apps
// see whatever the upstream sends; `sample: true` means made-up values, and an app must show that label.
import { z } from 'zod';

/** Body of `POST /api/gateway/`: the service, its action, and that action's own parameters beside them. */
export const gatewayRequestSchema = z.looseObject({
  service: z.string().meta({ examples: ['yahoo_finance'] }),
  action: z
    .string()
    .optional()
    .meta({ examples: ['quote'] }),
});
export type GatewayRequest = z.infer<typeof gatewayRequestSchema>;

/**
 * Answer of `POST /api/gateway/`. `fetchedAt` is when the upstream was asked; `cached` whether it was before this request;
 * `stale` when the answer is older than it should be, because a refresh is under way or the upstream fails.
 */
export const gatewayAnswerSchema = z.object({
  service: z.string(),
  action: z.string(),
  data: z.unknown(),
  sample: z.literal(true).optional(),
  stale: z.literal(true).optional(),
  fetchedAt: z.string(),
  cached: z.boolean(),
});
export type GatewayAnswer = z.infer<typeof gatewayAnswerSchema>;

const instant = z.string().meta({ description: 'ISO 8601 in UTC.' });
const timeZone = z.string().nullable().meta({ description: 'IANA time zone of the exchange.' });

/** A share price. `change` is against the previous close, `changePercent` in per cent; `currency` as Yahoo writes it (GBp is pence). */
export const stockQuoteSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  price: z.number(),
  change: z.number().nullable(),
  changePercent: z.number().nullable(),
  currency: z.string(),
  time: instant,
  timeZone,
});
/** `data` of yahoo_finance `quote`; `missing` names symbols that Yahoo does not know. */
export const stockQuotesSchema = z.object({
  quotes: z.array(stockQuoteSchema),
  missing: z.array(z.string()).optional(),
});
/** `data` of yahoo_finance `history` and `between`: closing prices, adjusted for splits, oldest first. */
export const stockHistorySchema = z.object({
  symbol: z.string(),
  currency: z.string(),
  timeZone,
  points: z.array(z.object({ time: instant, close: z.number() })),
});
/** One find of yahoo_finance `search`; `type` is equity, etf, index, currency, cryptocurrency and so on. */
export const stockMatchSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  exchange: z.string(),
  type: z.string(),
});
/** `data` of yahoo_finance `search`. */
export const stockSearchSchema = z.object({ matches: z.array(stockMatchSchema) });

/** A coin's price in the asked currency. */
export const coinQuoteSchema = z.object({
  id: z.string(),
  symbol: z.string(),
  name: z.string(),
  price: z.number(),
  changePercent24h: z.number().nullable(),
  currency: z.string(),
  time: z.string(),
});
/** `data` of coingecko `price`. */
export const coinQuotesSchema = z.object({
  quotes: z.array(coinQuoteSchema),
  missing: z.array(z.string()).optional(),
});
/** One coin of coingecko `markets`; money in `currency`. */
export const coinMarketSchema = coinQuoteSchema.extend({
  marketCap: z.number().nullable(),
  rank: z.number().nullable(),
  volume24h: z.number().nullable(),
});
/** `data` of coingecko `markets`: the largest first. */
export const coinMarketsSchema = z.object({ coins: z.array(coinMarketSchema) });
/** `data` of coingecko `history` and `between`: prices, oldest first. */
export const coinHistorySchema = z.object({
  id: z.string(),
  currency: z.string(),
  points: z.array(z.object({ time: instant, price: z.number() })),
});

const place = {
  city: z.string(),
  country: z.string().meta({ description: 'ISO 3166 code, or empty.' }),
  utcOffsetSeconds: z.number(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
};
const reading = {
  temperature: z.number().meta({ description: 'Degrees Celsius.' }),
  feelsLike: z.number().meta({ description: 'Degrees Celsius.' }),
  humidity: z.number().meta({ description: 'Per cent.' }),
  windSpeed: z.number().meta({ description: 'Metres a second.' }),
  description: z.string(),
  icon: z.string(),
  time: instant,
};
/** `data` of openweather `current`: degrees Celsius, per cent, metres a second. */
export const weatherSchema = z.object({ ...place, ...reading });
/** `data` of openweather `forecast`: `days` by the calendar of the place, `points` every three hours. */
export const forecastSchema = z.object({
  ...place,
  days: z.array(
    z.object({
      date: z.string().meta({ description: 'YYYY-MM-DD at the place.' }),
      low: z.number(),
      high: z.number(),
      precipitationChance: z.number().meta({ description: 'Per cent.' }),
      description: z.string(),
      icon: z.string(),
    }),
  ),
  points: z.array(z.object({ ...reading, precipitationChance: z.number() })),
});

const money = z.number().meta({ description: 'In `currency`.' });
/** What one holding, or all together, were worth at both ends. Per cents; `annualisedPercent` is null under a year. */
const worth = {
  startValue: money,
  endValue: money,
  gain: money,
  returnPercent: z.number(),
  annualisedPercent: z.number().nullable(),
};
/** `data` of `investment` `value`. */
export const investmentSchema = z.object({
  currency: z.string(),
  from: z.string(),
  to: z.string(),
  days: z.number(),
  ...worth,
  holdings: z.array(
    z.object({
      symbol: z.string().optional(),
      coin: z.string().optional(),
      shares: z.number(),
      /** Currency that the price is quoted in. */
      priceCurrency: z.string(),
      startPrice: z.number(),
      startDate: z.string(),
      endPrice: z.number(),
      endDate: z.string(),
      ...worth,
    }),
  ),
  /** Exchange rates that were used: one unit of `from` in `to`, at both ends. */
  rates: z.array(z.object({ from: z.string(), to: z.string(), start: z.number(), end: z.number() })),
});
export type Investment = z.infer<typeof investmentSchema>;

const parameterSchema = z.object({
  name: z.string(),
  type: z.string(),
  required: z.boolean(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
});
/** One row of `GET /api/gateway/`. */
export const gatewayServiceSchema = z.object({
  service: z.string(),
  title: z.string(),
  /** False when a key is missing; `detail` then names the Secret entry to set. */
  available: z.boolean(),
  detail: z.string(),
  /** Calls cost money: an app may use it only when its plan or its owner names it. */
  paid: z.boolean(),
  documentation: z.string().optional(),
  actions: z.array(
    z.object({
      action: z.string(),
      description: z.string(),
      example: z.record(z.string(), z.unknown()),
      parameters: z.array(parameterSchema),
      freshSeconds: z.number(),
    }),
  ),
});
/** Answer of `GET /api/gateway/`. */
export const gatewayServicesSchema = z.object({ services: z.array(gatewayServiceSchema) });
export type GatewayServices = z.infer<typeof gatewayServicesSchema>;
