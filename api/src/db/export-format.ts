// The formats of an export: JSON (one list), JSON lines, CSV. All give `id`, times and version beside the content; CSV has a
// column for each field that any document has, and fields that are called like one of ours as `data.id`.
import { stringify } from 'csv-stringify/sync';
import type { ExportedDocument } from './collection-store.ts';
import { toCell } from './csv-cells.ts';

/** Formats and their media types. */
export const EXPORT_TYPES = {
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
} as const;
type ExportFormat = keyof typeof EXPORT_TYPES;

// Columns of a CSV export that are no fields of `data`.
const OWN_COLUMNS = ['id', 'createdAt', 'updatedAt'] as const;

const columnOf = (field: string): string =>
  (OWN_COLUMNS as readonly string[]).includes(field) || field.startsWith('data.') ? `data.${field}` : field;

const documentLine = ({ id, data, createdAt, updatedAt, version }: ExportedDocument): string =>
  `{"id":"${id}","data":${data},"createdAt":"${createdAt}","updatedAt":"${updatedAt}","version":${version}}`;

const cellsOf = (
  { id, data, createdAt, updatedAt }: ExportedDocument,
  fields: readonly string[],
): string[] => {
  const content = new Map<string, unknown>(Object.entries(JSON.parse(data)));
  return [id, createdAt, updatedAt, ...fields.map((field) => toCell(content.get(field)))];
};

async function* csvText(
  batches: AsyncIterable<readonly ExportedDocument[]>,
  fields: readonly string[],
): AsyncGenerator<string> {
  // A byte order mark, or spreadsheets read UTF-8 as something older.
  yield `\ufeff${stringify([[...OWN_COLUMNS, ...fields.map((name) => toCell(columnOf(name)))]])}`;
  for await (const batch of batches) yield stringify(batch.map((document) => cellsOf(document, fields)));
}

async function* lineText(batches: AsyncIterable<readonly ExportedDocument[]>): AsyncGenerator<string> {
  for await (const batch of batches) yield `${batch.map(documentLine).join('\n')}\n`;
}

async function* listText(batches: AsyncIterable<readonly ExportedDocument[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const batch of batches) {
    yield before + batch.map(documentLine).join(',\n');
    before = ',\n';
  }
  yield before === ',\n' ? '\n]\n' : '[]\n';
}

/** The texts of an export, piece by piece. `fields` are the columns of a CSV. */
export const exportText = (
  format: ExportFormat,
  batches: AsyncIterable<readonly ExportedDocument[]>,
  fields: readonly string[],
): AsyncIterable<string> => {
  if (format === 'csv') return csvText(batches, fields);
  return format === 'jsonl' ? lineText(batches) : listText(batches);
};
