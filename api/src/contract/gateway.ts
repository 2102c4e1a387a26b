// The Gateway: live data by the name of a service, never by a client's URL. These are the shapes that apps
// see whatever the upstream sends; `sample: true` means made-up values, and an app must show that label.
import { z } from 'zod';

/** Body of `POST /api/gateway/`: the service, its action, and that action's own parameters beside them. */
export const gatewayRequestSchema = z.looseObject({ service: z.string(), action: z.string().optional() });
export type GatewayRequest = z.infer<typeof gatewayRequestSchema>;

/** Answer of `POST /api/gateway/`. `fetchedAt` is when the upstream was asked; `cached` whether it was before this request. */
export const gatewayAnswerSchema = z.object({
  service: z.string(),
  action: z.string(),
  data: z.unknown(),
  sample: z.literal(true).optional(),
  fetchedAt: z.string(),
  cached: z.boolean(),
});
export type GatewayAnswer = z.infer<typeof gatewayAnswerSchema>;

/** A share price. `change` is against the previous close, `changePercent` in per cent; `time` ISO 8601 in UTC. */
export const stockQuoteSchema = z.object({
  symbol: z.string(),
  name: z.string(),
  price: z.number(),
  change: z.number().nullable(),
  changePercent: z.number().nullable(),
  currency: z.string(),
  time: z.string(),
});
/** `data` of yahoo_finance `quote`. */
export const stockQuotesSchema = z.object({ quotes: z.array(stockQuoteSchema) });
/** `data` of yahoo_finance `history`: closing prices, oldest first. */
export const stockHistorySchema = z.object({
  symbol: z.string(),
  currency: z.string(),
  points: z.array(z.object({ time: z.string(), close: z.number() })),
});

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
export const coinQuotesSchema = z.object({ quotes: z.array(coinQuoteSchema) });
/** `data` of coingecko `history`: prices, oldest first. */
export const coinHistorySchema = z.object({
  id: z.string(),
  currency: z.string(),
  points: z.array(z.object({ time: z.string(), price: z.number() })),
});

/** `data` of openweather `current`: degrees Celsius, per cent, metres a second. */
export const weatherSchema = z.object({
  city: z.string(),
  country: z.string(),
  temperature: z.number(),
  feelsLike: z.number(),
  humidity: z.number(),
  windSpeed: z.number(),
  description: z.string(),
  icon: z.string(),
  time: z.string(),
});

/** One row of `GET /api/gateway/`. */
export const gatewayServiceSchema = z.object({
  service: z.string(),
  title: z.string(),
  /** False when a key is missing; `detail` then names the Secret entry to set. */
  available: z.boolean(),
  detail: z.string(),
  actions: z.array(
    z.object({ action: z.string(), description: z.string(), example: z.record(z.string(), z.unknown()) }),
  ),
});
/** Answer of `GET /api/gateway/`. */
export const gatewayServicesSchema = z.object({ services: z.array(gatewayServiceSchema) });
export type GatewayServices = z.infer<typeof gatewayServicesSchema>;
