// A row of a document and what becomes of it: the JSON text that goes to the client, with the content as the very text that
// Postgres gave. Times come as text in UTC with microseconds and leave with milliseconds.
import { z } from 'zod';
import type { Order, Position, StoredDocument, WriteFailure, WriteOutcome } from '../db/document-store.ts';
import { timeSql } from './list-statement.ts';

/** A document as statements give it. */
export const documentRow = z.object({
  id: z.string(),
  data: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.number(),
  mine: z.boolean(),
});
type DocumentRow = z.infer<typeof documentRow>;

/** The columns of a row that a write of one document gives. */
export const WRITTEN = `outcome, id, data, ${timeSql('created_at')} as created_at, ${timeSql('updated_at')} as updated_at,
  version, mine`;

/** `2026-11-25 08:20:01.5` as `2026-11-25T08:20:01.500Z`. */
export const isoTime = (text: string): string =>
  `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, 23).padEnd(3, '0')}Z`;

/** The document on the wire. */
export const documentJson = (row: DocumentRow): string =>
  `{"id":"${row.id}","data":${row.data},"createdAt":"${isoTime(row.created_at)}",` +
  `"updatedAt":"${isoTime(row.updated_at)}","version":${row.version},"mine":${row.mine}}`;

/** The document for the routes. */
export const toDocument = (row: DocumentRow): StoredDocument => ({
  id: row.id,
  version: row.version,
  json: documentJson(row),
});

const writeRow = z.object({ outcome: z.string() });
const QUOTAS = z.enum(['documents', 'bytes', 'collections']);
const FAILURES = z.enum(['missing', 'mismatch', 'too_large', 'key_reused']);

/** What an outcome other than `ok` means. */
export const toFailure = (outcome: string): WriteFailure => {
  const quota = QUOTAS.safeParse(outcome);
  return quota.success ? { kind: 'over_quota', quota: quota.data } : { kind: FAILURES.parse(outcome) };
};

/** What a write of one document gave, by its row. */
export const rowOutcome = (row: unknown): WriteOutcome => {
  const { outcome } = writeRow.parse(row);
  if (outcome === 'ok' || outcome === 'replayed')
    return { kind: 'ok', document: toDocument(documentRow.parse(row)) };
  return toFailure(outcome);
};

const sortValues = z.object({ sort_values: z.string() });

/** Where a row stands in an order. */
export const positionOf = (value: unknown, order: readonly Order[]): Position => {
  const row = documentRow.parse(value);
  const place = { createdAt: row.created_at, id: row.id };
  if (order.every(({ by }) => typeof by === 'string'))
    return {
      ...place,
      values: order.map(({ by }) => (by === 'updated_at' ? row.updated_at : row.created_at)),
    };
  return { ...place, values: z.array(z.unknown()).parse(JSON.parse(sortValues.parse(value).sort_values)) };
};
