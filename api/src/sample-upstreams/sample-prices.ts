// Made-up prices that look like recorded ones: a pure function of the symbol and the time, so that two requests agree,
// a chart joins on to the quote, and a price moves a little from minute to minute.
import { createHash } from 'node:crypto';

/** A made-up instrument. */
export interface SampleInstrument {
  readonly base: number;
  readonly seed: number;
}

// Where a well-known name has a rough price of its own, an invented one would look like a mistake.
const KNOWN: Readonly<Record<string, number>> = {
  AAPL: 228,
  MSFT: 431,
  TSLA: 263,
  GOOGL: 178,
  AMZN: 201,
  NVDA: 139,
  META: 571,
  'EURUSD=X': 1.087,
  'USDEUR=X': 0.92,
  'GBPUSD=X': 1.266,
  'USDGBP=X': 0.79,
  'CHFUSD=X': 1.136,
  'USDCHF=X': 0.88,
  bitcoin: 67_400,
  ethereum: 2_640,
  solana: 158,
  dogecoin: 0.14,
};

const hash = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

/** The instrument of a symbol or id; any text gives one. */
export const instrumentOf = (name: string): SampleInstrument => {
  const seed = hash(name);
  return { seed, base: KNOWN[name] ?? 10 + (seed % 49_000) / 100 };
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Price at a time: slow, medium and fast waves around the base, rounded as prices are. */
export const priceAt = ({ base, seed }: SampleInstrument, ms: number): number => {
  const phase = (seed % 1000) / 159;
  const minute = Math.floor(ms / MINUTE) * MINUTE;
  const slow = Math.sin(minute / (37 * DAY) + phase) * 0.12;
  const medium = Math.sin(minute / (2.7 * DAY) + phase * 2) * 0.025;
  const fast = Math.sin(minute / (11 * MINUTE) + phase * 3) * 0.004;
  const price = base * (1 + slow + medium + fast);
  return Number(price.toFixed(price < 1 ? 6 : 2));
};

/** Evenly spaced prices that end now: `count` points over `spanMs`, oldest first. */
export const seriesOf = (instrument: SampleInstrument, now: number, span: { ms: number; count: number }) =>
  Array.from({ length: span.count }, (_, i) => {
    const time = now - Math.round((span.ms * (span.count - 1 - i)) / Math.max(1, span.count - 1));
    return { time, price: priceAt(instrument, time) };
  });

/** A day in milliseconds. */
export const DAY_MS = DAY;
