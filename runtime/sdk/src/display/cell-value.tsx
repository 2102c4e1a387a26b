// A stored value as text, for cells, sorting and search. Documents may lack any field or hold another type than
// expected (an older revision wrote them): nothing here throws.
import type { ReactElement, ReactNode } from 'react';
import { formatDate, formatDateTime, formatMoney, formatNumber } from '../format.ts';
import { word } from '../words.ts';
import { Badge } from './badge.tsx';

/** How a value is shown. */
export type ValueType =
  | 'text'
  | 'number'
  | 'money'
  | 'date'
  | 'datetime'
  | 'boolean'
  | 'email'
  | 'url'
  | 'phone'
  | 'badge'
  | 'longtext';

/** Type, unit and currency of a value. */
export interface ValueFormat {
  type?: ValueType;
  unit?: string;
  currency?: string;
}

const asNumber = (value: unknown): number | null => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
};

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '';

const yesNo = (value: unknown): string => word(value ? 'yes' : 'no');

const BY_TYPE: Readonly<Record<string, (value: unknown, format: ValueFormat) => string | undefined>> = {
  boolean: yesNo,
  money: (value, { currency }) =>
    asNumber(value) === null ? undefined : formatMoney(asNumber(value), currency),
  number: (value, { unit }) =>
    asNumber(value) === null ? undefined : formatNumber(asNumber(value), unit ? { unit } : {}),
  date: (value) => formatDate(String(value)),
  datetime: (value) => formatDateTime(String(value)),
};

/** A value as plain text. */
export function valueText(value: unknown, format: ValueFormat = {}): string {
  if (isNothing(value)) return '';
  const typed = BY_TYPE[format.type ?? 'text']?.(value, format);
  if (typed !== undefined) return typed;
  if (typeof value === 'boolean') return yesNo(value);
  if (Array.isArray(value)) return value.map((one) => valueText(one)).join(', ');
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return format.unit ? `${text} ${format.unit}` : text;
}

const LINK = { email: 'mailto:', phone: 'tel:', url: '' } as const;

/** A value as it is shown in a cell. */
export function CellValue({ value, format }: { value: unknown; format: ValueFormat }): ReactElement {
  const text = valueText(value, format);
  if (text === '') return <span className="fb-none">–</span>;
  const { type } = format;
  if (type === 'badge' || type === 'boolean')
    return <Badge tone={value === true ? 'success' : 'neutral'}>{text}</Badge>;
  if (type === 'email' || type === 'phone' || (type === 'url' && /^https?:\/\//i.test(text))) {
    const outside = type === 'url' ? { target: '_blank', rel: 'noopener noreferrer' } : {};
    return (
      <a href={LINK[type] + text} {...outside}>
        {text.replace(/^https?:\/\//i, '')}
      </a>
    );
  }
  return <span className={type === 'longtext' ? 'fb-clamp' : undefined}>{text as ReactNode}</span>;
}

/** What a value sorts by: numbers as numbers, text without case, nothing last. */
export function sortValueOf(value: unknown, type?: ValueType): string | number | null {
  if (isNothing(value)) return null;
  if (typeof value === 'boolean') return value ? 0 : 1;
  if (type === 'number' || type === 'money' || typeof value === 'number') return asNumber(value);
  return String(value).toLocaleLowerCase();
}
