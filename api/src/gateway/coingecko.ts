// CoinGecko's public API: prices of coins by id, no key. Ids are CoinGecko's own (`bitcoin`), not ticker symbols.
import { z } from 'zod';
import { coinHistorySchema, coinQuoteSchema } from '../contract/gateway.ts';
import { MAX_FAN_OUT } from '../contract/limits.ts';
import { action, fillPath, type Service } from './service.ts';

const coinId = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'use a CoinGecko id like bitcoin');
const currency = z
  .string()
  .toLowerCase()
  .regex(/^[a-z]{3,5}$/, 'use a currency code like usd')
  .default('usd');

const priceParams = z
  .strictObject({ ids: z.array(coinId).min(1).max(MAX_FAN_OUT), currency })
  // Sorted, so that the same coins in another order share one cache entry.
  .transform((params) => ({ ...params, ids: [...new Set(params.ids)].sort() }));
const historyParams = z.strictObject({ id: coinId, currency, days: z.int().min(1).max(365).default(7) });

const marketRows = z.array(
  z.object({
    id: z.string(),
    symbol: z.string(),
    name: z.string(),
    current_price: z.number().nullable(),
    price_change_percentage_24h: z.number().nullish(),
    last_updated: z.string().nullish(),
  }),
);
const chartBody = z.object({ prices: z.array(z.tuple([z.number(), z.number()])) });
const quotes = z.array(coinQuoteSchema);

const toQuotes = (body: unknown, inCurrency: string): z.infer<typeof quotes> =>
  marketRows.parse(body).flatMap((row) =>
    row.current_price === null
      ? []
      : [
          {
            id: row.id,
            symbol: row.symbol.toUpperCase(),
            name: row.name,
            price: row.current_price,
            changePercent24h: row.price_change_percentage_24h ?? null,
            currency: inCurrency.toUpperCase(),
            time: row.last_updated ?? '',
          },
        ],
  );

/** Coin prices: `price` for now, `history` for a chart. */
export const coingecko: Service = {
  name: 'coingecko',
  title: 'CoinGecko',
  baseUrl: 'https://api.coingecko.com',
  defaultAction: 'price',
  actions: {
    price: action({
      description: 'Price and 24 hour change of up to 20 coins, by CoinGecko id.',
      example: { ids: ['bitcoin', 'ethereum'], currency: 'usd' },
      ttlSeconds: 60,
      params: priceParams,
      item: quotes,
      calls: ({ ids, currency: inCurrency }) => [
        {
          key: ids.join(','),
          path: '/api/v3/coins/markets',
          query: { vs_currency: inCurrency, ids: ids.join(',') },
        },
      ],
      parse: (body, _call, params) => toQuotes(body, params.currency),
      combine: ([found = []], _missing, { ids }) => {
        const missing = ids.filter((id) => !found.some((quote) => quote.id === id));
        return { quotes: found, ...(missing.length > 0 ? { missing } : {}) };
      },
    }),
    history: action({
      description: 'Prices of one coin over 1 to 365 days.',
      example: { id: 'bitcoin', days: 7, currency: 'usd' },
      ttlSeconds: 300,
      params: historyParams,
      item: coinHistorySchema,
      calls: ({ id, currency: inCurrency, days }) => [
        {
          key: id,
          path: fillPath('/api/v3/coins/{id}/market_chart', { id }),
          query: { vs_currency: inCurrency, days: String(days) },
        },
      ],
      parse: (body, call, params) => ({
        id: call.key,
        currency: params.currency.toUpperCase(),
        points: chartBody
          .parse(body)
          .prices.map(([ms, price]) => ({ time: new Date(ms).toISOString(), price })),
      }),
      combine: ([history]) => history,
    }),
  },
};
