// Keys of gateway services, from a mounted Secret: one file per entry. Read when needed and kept for seconds, so that a
// changed Secret takes effect without a restart.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadKey } from '../gateway/upstream-request.ts';
import type { Clock } from '../ports.ts';

const FRESH_MS = 5_000;

const readEntry = (path: string): string | null => {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return text === '' ? null : text;
  } catch {
    return null;
  }
};

/** Makes the reader; without a folder no key is set. Entry names come from our own table, never from a client. */
export const makeReadKey = (folder: string | undefined, now: Clock): ReadKey => {
  const known = new Map<string, { value: string | null; at: number }>();
  return (entry) => {
    if (folder === undefined) return null;
    const before = known.get(entry);
    if (before !== undefined && now() - before.at < FRESH_MS) return before.value;
    const value = readEntry(join(folder, entry));
    known.set(entry, { value, at: now() });
    return value;
  };
};
