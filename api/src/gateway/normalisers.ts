// The normalisers that rows can name. Rows without one take parts of the answer by pointers, or all of it.
import { coinHistory, coinMarkets, coinPrice } from './normalisers/coingecko.ts';
import type { Normaliser } from './normalisers/normaliser.ts';
import { weatherForecast, weatherNow } from './normalisers/openweather.ts';
import { stockHistory, stockQuote, stockSearch } from './normalisers/yahoo-finance.ts';

export type { Normaliser } from './normalisers/normaliser.ts';

/** Every normaliser by the name that a row uses. */
export const NORMALISERS: ReadonlyMap<string, Normaliser> = new Map<string, Normaliser>([
  ['stock-quote', stockQuote],
  ['stock-history', stockHistory],
  ['stock-search', stockSearch],
  ['coin-price', coinPrice],
  ['coin-markets', coinMarkets],
  ['coin-history', coinHistory],
  ['weather-now', weatherNow],
  ['weather-forecast', weatherForecast],
]);
