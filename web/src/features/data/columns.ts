// Columns of a collection, read off its documents: apps have no schema, so what is there is what is shown. Pure.
import type { Document } from '@faibric/api/contract';

/** Columns beyond this many are left to the download: a table wider than that is not read. */
const MOST_COLUMNS = 12;

/** Names of the fields of these documents, in the order in which most documents have them. */
export function columnsOf(documents: readonly Document[]): string[] {
  const seen = new Map<string, number>();
  for (const { data } of documents) {
    for (const name of Object.keys(data)) seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  return [...seen]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_COLUMNS)
    .map(([name]) => name);
}

/** A field's name for people: `dueDate` and `due_date` become "Due date". */
export function labelOf(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value as one line of text. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ');
  return JSON.stringify(value);
}
