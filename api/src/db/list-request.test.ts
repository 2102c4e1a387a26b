import { describe, expect, test } from 'vitest';
import { orCode } from '../../test/error-code.ts';
import { listDocumentsQuerySchema } from '../contract/document.ts';
import { readQuery } from '../http/read-query.ts';
import { makeCursor } from './cursor.ts';
import { parseFields, parseOrder, toListRequest } from './list-request.ts';

const field = (name: string, descending = false) => ({ by: { field: name }, descending });

describe('A10: what a list may be ordered by', () => {
  test.each([
    [undefined, [{ by: 'created_at', descending: true }]],
    ['created_at', [{ by: 'created_at', descending: false }]],
    ['-updated_at', [{ by: 'updated_at', descending: true }]],
    ['species', [field('species')]],
    ['-lastWatered', [field('lastWatered', true)]],
    [
      'done,-price,created_at',
      [field('done'), field('price', true), { by: 'created_at', descending: false }],
    ],
    // A field of this name is the app's own data: there is no column or secret behind it.
    ['password_hash', [field('password_hash')]],
    ["data->>'x'; --", 'invalid_query'],
    ['-', 'invalid_query'],
    ['', 'invalid_query'],
    ['a,', 'invalid_query'],
    ['a,-a', 'invalid_query'],
    ['a,b,c,d', 'invalid_query'],
    ['--name', 'invalid_query'],
    ['id__x', 'invalid_query'],
    ['_id', 'invalid_query'],
    ['a.b', 'invalid_query'],
    ['a'.repeat(64), 'invalid_query'],
    ['náme', 'invalid_query'],
  ])('%j', (text, expected) => {
    expect(orCode(() => parseOrder(text))).toEqual(expected);
  });
});

test.each([
  [undefined, null],
  ['name,price,name', ['name', 'price']],
  ['', 'invalid_query'],
  ['name,', 'invalid_query'],
  ["name') --", 'invalid_query'],
  [Array.from({ length: 31 }, (_, i) => `f${i}`).join(), 'invalid_query'],
])('fields=%.40s', (text, expected) => {
  expect(orCode(() => parseFields(text))).toEqual(expected);
});

const read = (query: string) => toListRequest(readQuery(`/x?${query}`, listDocumentsQuerySchema));

test('a whole query', () => {
  expect(read('limit=10&offset=20&order_by=-name&filter=%7B%22a%22%3A1%7D&count=false&fields=a')).toEqual({
    limit: 10,
    offset: 20,
    after: null,
    order: [field('name', true)],
    where: { kind: 'equal', field: 'a', value: 1 },
    count: false,
    fields: ['a'],
  });
});

describe('cursors', () => {
  const position = {
    values: ['x', null],
    createdAt: '2026-11-25 08:20:01.123456',
    id: '0f8fad5b-d9cb-469f-a165-70867728950e',
  };
  const order = [field('name'), field('size', true)];
  const cursor = makeCursor(order, position) ?? '';

  test('are read as they were made, for the order that they were made for', () => {
    expect(read(`order_by=name,-size&cursor=${cursor}`).after).toEqual(position);
    expect(orCode(() => read(`order_by=name,size&cursor=${cursor}`))).toBe('invalid_query');
    expect(orCode(() => read(`cursor=${cursor}`))).toBe('invalid_query');
    expect(orCode(() => read(`order_by=name,-size&offset=1&cursor=${cursor}`))).toBe('invalid_query');
  });

  test('that would not fit into an address are not made', () => {
    expect(makeCursor(order, { ...position, values: ['x'.repeat(2_000), 1] })).toBeNull();
  });

  const altered = (parts: object): string =>
    Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(cursor, 'base64url').toString()), ...parts }),
    ).toString('base64url');
  test.each([
    ['no JSON', 'abc'],
    ['no base64url', '%22'],
    ['empty', ''],
    ['a time that is none', altered({ t: '2026-13-41 08:20:01' })],
    ['a time with SQL', altered({ t: "2026-11-25 08:20:01'; --" })],
    ['no id', altered({ i: 'x' })],
    ['too few values', altered({ v: [] })],
    ['half a surrogate pair', altered({ v: ['\ud800', 1] })],
    ['U+0000', altered({ v: [{ a: '\u0000' }, 1] })],
    ['more than there is', altered({ x: 1 })],
    ['too long', 'a'.repeat(3_300)],
  ])('A11: a cursor with %s is 400', (_name, text) => {
    expect(orCode(() => read(`order_by=name,-size&cursor=${text}`))).toBe('invalid_query');
  });
});
