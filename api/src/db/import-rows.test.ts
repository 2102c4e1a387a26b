import { describe, expect, test } from 'vitest';
import { ApiError } from '../errors.ts';
import { type ImportFormat, importRows } from './import-rows.ts';

/** The rows of a text that comes in pieces of a length; a problem code when it is refused. */
const rowsOf = async (format: ImportFormat, text: string, length: number): Promise<unknown> => {
  const pieces = async function* () {
    for (let i = 0; i < text.length; i += length) yield text.slice(i, i + length);
  };
  const rows: unknown[] = [];
  try {
    for await (const row of importRows(format, pieces(), true)) rows.push(row);
  } catch (error) {
    return error instanceof ApiError ? error.code : String(error);
  }
  return rows;
};
const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const data = (row: number, content: object) => ({ row, data: content });

describe.each([1, 3, 10_000])('in pieces of %d characters', (length) => {
  test.each<[string, ImportFormat, string, unknown]>([
    ['a list', 'json', ' [{"a":1}, {"b":"],{\\"["}\n]\n', [data(1, { a: 1 }), data(2, { b: '],{"[' })]],
    ['an empty list', 'json', '[]', []],
    ['nested lists', 'json', '[{"a":[[1],[2]]}]', [data(1, { a: [[1], [2]] })]],
    [
      'one of our exports',
      'json',
      `[{"id":"${id}","data":{"a":1},"createdAt":"x","updatedAt":"y","version":3}]`,
      [{ row: 1, data: { a: 1 }, id }],
    ],
    [
      'an object that only looks like one',
      'json',
      '[{"data":{"a":1},"more":1}]',
      [data(1, { data: { a: 1 }, more: 1 })],
    ],
    [
      'a row that is no object',
      'json',
      '[1,{"a":1}]',
      [{ row: 1, reason: 'not a JSON object' }, data(2, { a: 1 })],
    ],
    ['no list', 'json', '{"a":1}', 'invalid_json'],
    ['nothing', 'json', '', 'invalid_json'],
    ['a list that ends early', 'json', '[{"a":1}', 'invalid_json'],
    ['a list with something behind it', 'json', '[{"a":1}] {"b":1}', 'invalid_json'],
    ['lines', 'jsonl', '{"a":1}\n\n{"a":2}', [data(1, { a: 1 }), data(2, { a: 2 })]],
    [
      'a broken line',
      'jsonl',
      '{"a":\n{"a":2}\n',
      [{ row: 1, reason: 'The body is not valid JSON.' }, data(2, { a: 2 })],
    ],
    [
      'CSV',
      'csv',
      '\ufeffname,n,data.id,createdAt\r\n"Fern, big",3,x,2026\n\n"a ""b""\nc",,,',
      [data(1, { name: 'Fern, big', n: 3, id: 'x' }), data(2, { name: 'a "b"\nc' })],
    ],
    [
      'CSV with too many cells',
      'csv',
      'a\n1,2\n3',
      [{ row: 1, reason: '2 cells under 1 columns' }, data(2, { a: 3 })],
    ],
    ['CSV with __proto__', 'csv', '__proto__\n1', [data(1, JSON.parse('{"__proto__":1}'))]],
    ['CSV that names a column twice', 'csv', 'a,a\n1,2', 'invalid_body'],
  ])('%s', async (_name, format, text, expected) => {
    expect(await rowsOf(format, text, length)).toEqual(expected);
  });
});

test('CSV with a quote that never ends is refused, and a body that breaks off does not hang', async () => {
  expect(await rowsOf('csv', 'a\n"1', 100)).toBe('invalid_body');
  const broken = async function* () {
    yield 'a\n1\n';
    throw new Error('gone');
  };
  const read = async () => {
    for await (const row of importRows('csv', broken(), true)) expect(row.row).toBe(1);
  };
  await expect(read()).rejects.toThrow();
});
