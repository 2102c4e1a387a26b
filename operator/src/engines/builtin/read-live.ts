// Live data that a prompt names: shares by symbol or company, coins, weather by city. A company's name counts only
// where the prompt speaks of prices, because an apple is also a fruit.
import { CITIES, COINS, COMPANIES, SYMBOLS } from './lexicon/live.ts';

const MARKET =
  /\b(?:stocks?|shares?|tickers?|quotes?|market|(?:stock|share|investment) portfolio|equit(?:y|ies)|nasdaq|nyse|dow jones|s&p|prices? of|trading|wall street|watch-?list|investments?)\b/i;
const CRYPTO = /\b(?:crypto(?:currenc(?:y|ies))?s?|coins?|tokens?|blockchain)\b/i;
const WEATHER =
  /\b(?:weather|forecast|temperatures?|umbrella|humidity|rain|wind|wetter|météo|clima|meteo)\b/i;
const LIVE = /\b(?:live|real[- ]time|current|price|prices|dashboard|monitor|ticker)\b/i;
// Words in capitals that are no symbols, though the shape fits.
const NOT_SYMBOLS = new Set(
  (
    'A I AI API APP BMI CEO CRM CSS CSV CV DIY DJ DVD ETA EU EUR FAQ GBP GPS HR HTML ID IT JPG JS KPI LLC MVP NGO OK ' +
    'OKR OKRS PDF PIN PNG PR QA QR RPG RSVP SEO SKU SMS SQL SUV TODO TV UI UK UN URL US USA USD UX VAT VIN VIP WC WIFI XML XP ' +
    'YOGA ADHD ASAP CHF PC DM BPM FIFA NBA NFL AND OR NOT THE FOR WITH'
  ).split(' '),
);
const DEFAULT_SYMBOLS = ['AAPL', 'MSFT', 'GOOGL', 'AMZN', 'NVDA'];
const DEFAULT_COINS = ['bitcoin', 'ethereum', 'solana'];

const has = (text: string, name: string): boolean => {
  const at = text.indexOf(name);
  if (at < 0) return false;
  const around = [text[at - 1] ?? ' ', text[at + name.length] ?? ' '];
  return (
    around.every((character) => !/[\p{L}\p{N}]/u.test(character)) || has(text.slice(at + name.length), name)
  );
};

/** Symbols in the order of the prompt; a default set when it speaks of stocks and names none. */
export function readStocks(prompt: string): string[] {
  const talksOfMarket = MARKET.test(prompt);
  const inCapitals = [...prompt.matchAll(/\$?\b[A-Z]{1,5}(?:[.-][A-Z]{1,2})?\b/g)].map((match) => ({
    at: match.index,
    symbol: match[0].replace('$', ''),
    sure: SYMBOLS.has(match[0].replace('$', '')) || match[0].startsWith('$'),
  }));
  const known = inCapitals.filter(
    ({ symbol }) => !NOT_SYMBOLS.has(symbol) && !Object.hasOwn(COINS, symbol.toLowerCase()),
  );
  const anySure = known.some(({ sure, symbol }) => sure && symbol.length > 1);
  const symbols = known.filter(
    ({ sure, symbol }) => (sure && symbol.length > 1) || ((talksOfMarket || anySure) && symbol.length > 2),
  );
  const lower = prompt.toLowerCase();
  const named = talksOfMarket
    ? Object.entries(COMPANIES)
        .filter(([name]) => has(lower, name))
        .map(([name, symbol]) => ({ at: lower.indexOf(name), symbol }))
    : [];
  const found = [...symbols, ...named].sort((a, b) => a.at - b.at).map(({ symbol }) => symbol);
  const isAllCapitals = prompt === prompt.toUpperCase();
  if (found.length > 0 && !isAllCapitals) return [...new Set(found)].slice(0, 20);
  return wantsStocks(prompt) ? DEFAULT_SYMBOLS : [];
}

const wantsStocks = (prompt: string): boolean =>
  /\b(?:stock|share) (?:price|market|ticker|tracker|dashboard|watch|quote|portfolio|chart)|\b(?:live|real[- ]time) stocks?\b|\bstocks? (?:and|or|&)\b|\bstock-?watch|\bstocks\b/i.test(
    prompt,
  ) && !/\b(?:in stock|stock level|inventory|warehouse|out of stock)\b/i.test(prompt);

/** Coins in the order of the prompt; a default set when it speaks of cryptocurrencies and names none. */
export function readCoins(prompt: string): string[] {
  const lower = prompt.toLowerCase();
  const crypto = CRYPTO.test(prompt) || LIVE.test(prompt) || MARKET.test(prompt);
  const named = Object.entries(COINS).filter(([name]) => has(lower, name) && (crypto || name.length > 4));
  const ids = named.sort(([a], [b]) => lower.indexOf(a) - lower.indexOf(b)).map(([, id]) => id);
  if (ids.length > 0) return [...new Set(ids)].slice(0, 20);
  return /\bcrypto(?:s|currenc(?:y|ies))?\b/i.test(prompt) ? DEFAULT_COINS : [];
}

/** Cities, where the prompt speaks of weather. */
export function readCities(prompt: string): string[] {
  if (
    !WEATHER.test(prompt) ||
    !/\b(?:weather|forecast|wetter|météo|clima|meteo|temperatures? in|umbrella|app|dashboard)\b/i.test(prompt)
  )
    return [];
  const known = CITIES.filter((city) => has(prompt.toLowerCase(), city.toLowerCase()));
  const listed = [
    ...prompt.matchAll(/\b(?:in|for|of|at)\s+((?:\p{Lu}[\p{L}'’-]+)(?:\s+\p{Lu}[\p{L}'’-]+){0,2})/gu),
  ].map((match) => match[1] ?? '');
  const cities = [...new Set([...known, ...listed.filter((city) => !/^(?:The|My|Each|I|A)\b/.test(city))])];
  if (cities.length > 0) return cities.sort((a, b) => prompt.indexOf(a) - prompt.indexOf(b)).slice(0, 12);
  return /\b(?:weather|forecast|wetter|météo)\b/i.test(prompt) ? ['London', 'New York', 'Tokyo'] : [];
}
