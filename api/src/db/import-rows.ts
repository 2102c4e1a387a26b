// Rows of an import, one after the other out of a stream: JSON lines, the elements of one JSON list, or lines of CSV. Each row
// comes with its number (from 1, a CSV's head not counted) and either content or the reason why it has none.
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { documentIdSchema } from '../contract/document.ts';
import { ApiError } from '../errors.ts';
import { parseJsonText } from '../http/parse-json.ts';
import { fromCell } from './csv-cells.ts';

/** Formats of an import. */
export type ImportFormat = 'json' | 'jsonl' | 'csv';

/** One row: a document to be made, or why it cannot be. An id is kept when the row is one of our own exports. */
export type ImportRow = { readonly row: number } & (
  | { readonly data: object; readonly id?: string | undefined }
  | { readonly reason: string }
);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const recordSchema = z.array(z.string());
const OWN_KEYS = new Set(['id', 'data', 'createdAt', 'updatedAt', 'version', 'mine']);

const toRow = (row: number, value: unknown): ImportRow => {
  if (!isObject(value)) return { row, reason: 'not a JSON object' };
  const exported = isObject(value.data) && Object.keys(value).every((key) => OWN_KEYS.has(key));
  if (!exported || !isObject(value.data)) return { row, data: value };
  const id = documentIdSchema.safeParse(value.id);
  return { row, data: value.data, id: id.success ? id.data : undefined };
};

const fromText = (row: number, text: string): ImportRow => {
  try {
    return toRow(row, parseJsonText(text));
  } catch (error) {
    return { row, reason: error instanceof ApiError ? error.message : 'not valid' };
  }
};

async function* lines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of texts) {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  yield rest;
}

const broken = (): ApiError =>
  new ApiError(
    'invalid_json',
    'The body is not one JSON list. For one object a line send application/x-ndjson.',
  );

/** Cuts the elements out of a JSON list by brackets and quotes alone; each is parsed by itself afterwards. */
class ElementCutter {
  private text = '';
  private depth = 0;
  private inString = false;
  private escaped = false;

  /** Takes more text and gives the elements that it completes. */
  take(more: string): string[] {
    const found: string[] = [];
    let start = 0;
    for (let i = 0; i < more.length; i += 1) {
      const done = this.step(more.charAt(i));
      if (!done) continue;
      const element = (this.text + more.slice(start, i)).trim();
      this.text = '';
      start = i + 1;
      if (element !== '') found.push(element);
    }
    this.text += more.slice(start);
    return found;
  }

  /** True when the list was opened and closed, and nothing stands behind it. */
  get complete(): boolean {
    return this.depth === -1 && this.text.trim() === '';
  }

  /** True when this character ends an element, or is the list's own bracket. */
  private step(character: string): boolean {
    if (this.depth === -1) return false;
    if (this.inString) {
      this.inText(character);
      return false;
    }
    if (character === '"') this.inString = true;
    if (character === '[' || character === '{') return this.open(character);
    if (character === ']' || character === '}') return this.close();
    return character === ',' && this.depth === 1;
  }

  private inText(character: string): void {
    if (this.escaped) this.escaped = false;
    else if (character === '\\') this.escaped = true;
    else if (character === '"') this.inString = false;
  }

  private open(character: string): boolean {
    this.depth += 1;
    return this.depth === 1 && character === '[';
  }

  private close(): boolean {
    this.depth -= 1;
    if (this.depth === 0) this.depth = -1;
    return this.depth === -1;
  }
}

async function* elements(texts: AsyncIterable<string>): AsyncGenerator<string> {
  const cutter = new ElementCutter();
  let started = false;
  for await (const text of texts) {
    if (!started && text.trim() !== '' && !text.trimStart().startsWith('[')) throw broken();
    started ||= text.trim() !== '';
    yield* cutter.take(text);
  }
  if (!cutter.complete) throw broken();
}

async function* jsonRows(texts: AsyncIterable<string>): AsyncGenerator<ImportRow> {
  let row = 0;
  for await (const text of texts) {
    if (text.trim() === '') continue;
    row += 1;
    yield fromText(row, text);
  }
}

const fieldOf = (column: string): string | null => {
  if (column === 'createdAt' || column === 'updatedAt') return null;
  return column.startsWith('data.') ? column.slice(5) : column;
};

const fromCells = (
  row: number,
  { cells, head, types }: { cells: string[]; head: string[]; types: boolean },
): ImportRow => {
  if (cells.length > head.length)
    return { row, reason: `${cells.length} cells under ${head.length} columns` };
  const entries = cells.flatMap((cell, index): [string, unknown][] => {
    const field = fieldOf(head[index] ?? '');
    const value = fromCell(cell, types);
    return field === null || value === undefined || head[index] === 'id' ? [] : [[field, value]];
  });
  if (entries.some(([, value]) => typeof value === 'string' && value.includes('\u0000')))
    return { row, reason: 'holds the character U+0000' };
  const id = documentIdSchema.safeParse(cells[head.indexOf('id')]);
  return { row, data: Object.fromEntries(entries), id: id.success ? id.data : undefined };
};

const checkHead = (head: readonly string[]): void => {
  const wrong = head.find((name) => name === '' || name.length > 200 || name.includes('\u0000'));
  if (wrong !== undefined || new Set(head).size < head.length)
    throw new ApiError('invalid_body', 'The first line of the CSV must name each column once.');
};

async function* csvRows(texts: AsyncIterable<string>, types: boolean): AsyncGenerator<ImportRow> {
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: 1_048_576,
  });
  // An error of either comes out of the parser, and whoever stops reading stops the source.
  pipeline(Readable.from(texts), parser, () => undefined);
  try {
    yield* recordRows(parser, types);
  } catch (error) {
    if (error instanceof CsvError)
      throw new ApiError(
        'invalid_body',
        `The CSV cannot be read (${error.code.toLowerCase()}, line ${error.lines}).`,
      );
    throw error;
  }
}

async function* recordRows(records: AsyncIterable<unknown>, types: boolean): AsyncGenerator<ImportRow> {
  let head: string[] | undefined;
  let row = 0;
  for await (const record of records) {
    const cells = recordSchema.parse(record);
    if (head === undefined) {
      head = cells.map((name) => String(fromCell(name, false) ?? ''));
      checkHead(head);
    } else {
      row += 1;
      yield fromCells(row, { cells, head, types });
    }
  }
}

/** The rows of an import. With `types` the cells of a CSV become numbers, booleans and JSON where they look like it. */
export const importRows = (
  format: ImportFormat,
  texts: AsyncIterable<string>,
  types: boolean,
): AsyncIterable<ImportRow> => {
  if (format === 'csv') return csvRows(texts, types);
  return jsonRows(format === 'jsonl' ? lines(texts) : elements(texts));
};
