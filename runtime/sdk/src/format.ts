// Numbers, money and dates in the reader's own way. Every function takes what a document may hold, nothing included,
// and never throws: a value that is none of the expected kind is shown as it is.
import { pageLanguage } from './words.ts';

const NOTHING = '–';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function dateOf(value: string): Date | null {
  // A plain date means that day wherever the reader is; parsed as it stands it would be midnight in Greenwich.
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00` : value;
  const date = new Date(plain);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** A number with at most `digits` decimals (default 2) and an optional unit. */
export function formatNumber(
  value: number | null | undefined,
  options: { unit?: string; digits?: number } = {},
): string {
  if (!isNumber(value)) return NOTHING;
  const text = new Intl.NumberFormat(pageLanguage(), { maximumFractionDigits: options.digits ?? 2 }).format(
    value,
  );
  return options.unit ? `${text} ${options.unit}` : text;
}

/** An amount of money; `currency` is an ISO 4217 code, default USD. Small prices keep their decimals. */
export function formatMoney(value: number | null | undefined, currency = 'USD'): string {
  if (!isNumber(value)) return NOTHING;
  const digits = Math.abs(value) < 1 && value !== 0 ? 6 : 2;
  try {
    const options = {
      style: 'currency',
      currency: currency.toUpperCase(),
      maximumFractionDigits: digits,
    } as const;
    return new Intl.NumberFormat(pageLanguage(), options).format(value);
  } catch {
    return `${formatNumber(value)} ${currency}`; // no ISO code
  }
}

/** A change in per cent with its sign: 1.25 gives "+1.25%". */
export function formatPercent(value: number | null | undefined): string {
  if (!isNumber(value)) return NOTHING;
  const text = new Intl.NumberFormat(pageLanguage(), {
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  }).format(value);
  return `${text}%`;
}

/** A day. */
export function formatDate(value: string | null | undefined): string {
  if (!value) return NOTHING;
  return dateOf(value)?.toLocaleDateString(pageLanguage(), { dateStyle: 'medium' }) ?? value;
}

/** A day and time of day. */
export function formatDateTime(value: string | null | undefined): string {
  if (!value) return NOTHING;
  return dateOf(value)?.toLocaleString(pageLanguage(), { dateStyle: 'medium', timeStyle: 'short' }) ?? value;
}

/** A time of day with seconds. */
export function formatTime(value: string | null | undefined): string {
  if (!value) return NOTHING;
  return dateOf(value)?.toLocaleTimeString(pageLanguage(), { timeStyle: 'medium' }) ?? value;
}
