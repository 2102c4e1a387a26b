// CoinGecko's markets and chart answers. Ids are CoinGecko's own (`bitcoin`), not ticker symbols. Money is in the
// currency that was asked for, times are instants in UTC.
import { z } from 'zod';
import { coinHistorySchema, coinMarketSchema, coinQuoteSchema } from '../../contract/gateway.ts';
import type { Parameters } from '../parameters.ts';
import { normaliser } from './normaliser.ts';

const marketRows = z.array(
  z.object({
    id: z.string(),
    symbol: z.string(),
    name: z.string(),
    current_price: z.number().nullable(),
    price_change_percentage_24h: z.number().nullish(),
    last_updated: z.string().nullish(),
    market_cap: z.number().nullish(),
    market_cap_rank: z.number().nullish(),
    total_volume: z.number().nullish(),
    image: z.string().nullish(),
  }),
);
const chartBody = z.object({ prices: z.array(z.tuple([z.number(), z.number()])) });

const currencyOf = (params: Parameters): string => String(params.currency ?? 'usd').toUpperCase();

const toMarkets = (body: unknown, currency: string): z.infer<typeof coinMarketSchema>[] =>
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
            currency,
            time: row.last_updated ?? '',
            marketCap: row.market_cap ?? null,
            rank: row.market_cap_rank ?? null,
            volume24h: row.total_volume ?? null,
          },
        ],
  );

/** `coingecko` `price`. */
export const coinPrice = normaliser({
  item: z.array(coinQuoteSchema),
  parse: (body, { params }) =>
    toMarkets(body, currencyOf(params)).map(
      ({ marketCap: _cap, rank: _rank, volume24h: _volume, ...quote }) => quote,
    ),
  combine: ([found = []], _missing, { ids }) => {
    const asked = typeof ids === 'object' ? ids : [];
    const missing = asked.filter((id) => !found.some((quote) => quote.id === id));
    return { quotes: found, ...(missing.length > 0 ? { missing } : {}) };
  },
});

/** `coingecko` `markets`. */
export const coinMarkets = normaliser({
  item: z.object({ coins: z.array(coinMarketSchema) }),
  parse: (body, { params }) => ({ coins: toMarkets(body, currencyOf(params)) }),
});

/** `coingecko` `history` and `between`. */
export const coinHistory = normaliser({
  item: coinHistorySchema,
  parse: (body, { params }) => ({
    id: String(params.id),
    currency: currencyOf(params),
    points: chartBody.parse(body).prices.map(([ms, price]) => ({ time: new Date(ms).toISOString(), price })),
  }),
});
