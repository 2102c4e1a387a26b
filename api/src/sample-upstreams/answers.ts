// The documented formats of the upstreams, filled with sample values. Pure: path, query and time in, body out; null
// for what the upstream does not know. The gateway cannot tell these from the real thing but by their header.
import { coinChart, coinMarkets, coinRange, openRates, yahooChart, yahooSearch } from './finance-answers.ts';
import type { SampleAnswer } from './sample-answer.ts';
import { openMeteo, openMeteoPlaces, weatherForecast, weatherNow } from './weather-answers.ts';

export type { SampleAnswer } from './sample-answer.ts';

type Make = (query: URLSearchParams, now: number, name: string) => SampleAnswer;

// Paths as the services have them, below whatever prefix a base address adds; the first group is the thing's name.
const PATHS: readonly (readonly [RegExp, Make])[] = [
  [/\/v8\/finance\/chart\/([^/]{1,20})$/, (query, now, name) => yahooChart(name.toUpperCase(), query, now)],
  [/\/v1\/finance\/search$/, (query) => yahooSearch(query)],
  [/\/api\/v3\/coins\/markets$/, (query, now) => coinMarkets(query, now)],
  [/\/api\/v3\/coins\/([a-z0-9-]{1,64})\/market_chart$/, (query, now, name) => coinChart(name, query, now)],
  [
    /\/api\/v3\/coins\/([a-z0-9-]{1,64})\/market_chart\/range$/,
    (query, now, name) => coinRange(name, query, now),
  ],
  [/\/data\/2\.5\/weather$/, (query, now) => weatherNow(query, now)],
  [/\/data\/2\.5\/forecast$/, (query, now) => weatherForecast(query, now)],
  [/\/v6\/latest\/([A-Z]{3})$/, (_query, now, name) => openRates(name, now)],
  [/\/forecast$/, (query, now) => openMeteo(query, now)],
  [/\/search$/, (query) => openMeteoPlaces(query)],
];

/** Services whose answers the samples stand in for. The chart points these at them (gateway.sampleData). */
export const SAMPLED_SERVICES: readonly string[] = [
  'yahoo_finance',
  'coingecko',
  'openweather',
  'exchangerate',
  'open-meteo',
  'open-meteo-geocoding',
];

/** Answers a request; null when no upstream has this path. */
export const sampleAnswer = (url: URL, now: number): SampleAnswer | null => {
  const path = decodeURIComponent(url.pathname);
  for (const [pattern, make] of PATHS) {
    const match = pattern.exec(path);
    if (match !== null) return make(url.searchParams, now, match[1] ?? '');
  }
  return null;
};
