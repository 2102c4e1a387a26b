// The arithmetic of an investment. Pure. Total return is gain over start value; the annualised return is the compound
// annual growth rate, (end / start) ^ (365 / days) - 1, and is not given under a year: a shorter time must not be blown up
// to a year (GIPS standards of the CFA Institute, provision 2.A on annualisation).
const DAYS_OF_YEAR = 365;
const DAY_MS = 86_400_000;

/** What a sum of money became. */
export interface Worth {
  readonly startValue: number;
  readonly endValue: number;
  readonly gain: number;
  readonly returnPercent: number;
  readonly annualisedPercent: number | null;
}

const round = (value: number): number => Number(value.toFixed(4));

/** Days from one date (YYYY-MM-DD) to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** A date so many days later (or, negative, earlier). */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Gain and return of a sum over some days. */
export const worthOf = (start: number, end: number, days: number): Worth => {
  const ratio = end / start;
  const annual = days < DAYS_OF_YEAR ? null : (ratio ** (DAYS_OF_YEAR / days) - 1) * 100;
  return {
    startValue: round(start),
    endValue: round(end),
    gain: round(end - start),
    returnPercent: round((ratio - 1) * 100),
    annualisedPercent: annual === null ? null : round(annual),
  };
};

/** One price of a series, with the day that it belongs to. */
export interface DatedPrice {
  readonly date: string;
  readonly price: number;
}

/** The last price on a day or before it; null when the series begins later. The series is in order of time. */
export const priceOn = (series: readonly DatedPrice[], date: string): DatedPrice | null =>
  series.findLast((point) => point.date <= date) ?? null;

// Currencies that exchanges quote in hundredths, as Yahoo writes them.
const HUNDREDTHS: Readonly<Record<string, string>> = { GBp: 'GBP', GBX: 'GBP', ILA: 'ILS', ZAc: 'ZAR' };

/** The currency that a price is in, and what one unit of the quote is worth in it. */
export const wholeCurrency = (quoted: string): { readonly currency: string; readonly unit: number } => {
  const whole = Object.hasOwn(HUNDREDTHS, quoted) ? HUNDREDTHS[quoted] : undefined;
  return whole === undefined ? { currency: quoted.toUpperCase(), unit: 1 } : { currency: whole, unit: 0.01 };
};
