// One text for one value: keys sorted, absent members left out. Two objects that mean the same to the API
// server must not differ because their keys were written in another order.
import { createHash } from 'node:crypto';

/** JSON with sorted keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** A short digest of a value (16 hex digits of SHA-256). */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
