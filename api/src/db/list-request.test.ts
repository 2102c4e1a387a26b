import { describe, expect, test } from 'vitest';
import { ApiError } from '../errors.ts';
import { parseFilter, parseListRequest, parseOrder } from './list-request.ts';

const outcome = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof ApiError ? error.code : 'not an ApiError';
  }
};

describe('A10: what a list may be ordered by', () => {
  test.each([
    [undefined, { by: 'created_at', descending: true }],
    ['created_at', { by: 'created_at', descending: false }],
    ['-updated_at', { by: 'updated_at', descending: true }],
    ['species', { by: { field: 'species' }, descending: false }],
    ['-lastWatered', { by: { field: 'lastWatered' }, descending: true }],
    // A field of this name is the app's own data: there is no column or secret behind it.
    ['password_hash', { by: { field: 'password_hash' }, descending: false }],
    ["data->>'x'; --", 'invalid_query'],
    ['-', 'invalid_query'],
    ['', 'invalid_query'],
    ['--name', 'invalid_query'],
    ['id__x', 'invalid_query'],
    ['_id', 'invalid_query'],
    ['a.b', 'invalid_query'],
    ['a'.repeat(64), 'invalid_query'],
    ['náme', 'invalid_query'],
  ])('%j', (text, expected) => {
    expect(outcome(() => parseOrder(text))).toEqual(expected);
  });
});

describe('A11: filters are equality with values that are only ever bound', () => {
  test.each([
    [undefined, {}],
    ['{}', {}],
    ['{"done":false,"n":1,"s":"x","z":null}', { done: false, n: 1, s: 'x', z: null }],
    ['{', 'invalid_query'],
    ['[1]', 'invalid_query'],
    ['"x"', 'invalid_query'],
    ['null', 'invalid_query'],
    ['{"$where":"1"}', 'invalid_query'],
    ['{"a":{"$gt":1}}', 'invalid_query'],
    ['{"a":[1]}', 'invalid_query'],
    ['{"a":1e400}', 'invalid_query'],
    ['{"__proto__":1}', 'invalid_query'],
    ['{"a":"\\u0000"}', 'invalid_query'],
    [`{"a":"${'(a+)+'.repeat(2_000)}"}`, 'invalid_query'],
  ])('%.60j', (text, expected) => {
    expect(outcome(() => parseFilter(text))).toEqual(expected);
  });
});

test('a whole query', () => {
  expect(parseListRequest('/x?limit=10&offset=20&order_by=-name&filter=%7B%22a%22%3A1%7D')).toEqual({
    limit: 10,
    offset: 20,
    order: { by: { field: 'name' }, descending: true },
    equal: { a: 1 },
  });
});
