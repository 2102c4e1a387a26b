// The shapes of `data` in the Gateway's answers, by service. They are the contract of the API's normalised services.

/** yahoo_finance with `symbols`: `data.quotes`. */
export interface StockQuote {
  symbol: string;
  name: string;
  price: number;
  /** Against the previous close; null when that is not known. */
  change: number | null;
  /** In per cent. */
  changePercent: number | null;
  currency: string;
  time: string;
}

/** One point of `data.points` of an action "history": `close` of a stock, `price` of a coin. */
export interface PricePoint {
  time: string;
  close?: number;
  price?: number;
}

/** coingecko with `ids`: `data.quotes`. */
export interface CoinQuote {
  id: string;
  symbol: string;
  name: string;
  price: number;
  changePercent24h: number | null;
  currency: string;
  time: string;
}

/** openweather with `city`: `data`; metric units. */
export interface Weather {
  city: string;
  temperature: number;
  feelsLike: number;
  humidity: number;
  windSpeed: number;
  description: string;
  icon: string;
  time: string;
}
