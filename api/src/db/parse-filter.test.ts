import { describe, expect, test } from 'vitest';
import { orCode } from '../../test/error-code.ts';
import { parseFilter } from './parse-filter.ts';

const equal = (field: string, value: unknown) => ({ kind: 'equal', field, value });
const missing = (field: string) => ({ kind: 'missing', field });
const nested = (depth: number): string => (depth === 0 ? '{"a":1}' : `{"$or":[${nested(depth - 1)}]}`);

describe('what a filter means', () => {
  test.each([
    [undefined, null],
    ['{}', null],
    ['{"done":false}', equal('done', false)],
    ['{"a":null}', missing('a')],
    ['{"done":false,"n":1}', { kind: 'and', parts: [equal('done', false), equal('n', 1)] }],
    ['{"a":{"$eq":"x"}}', equal('a', 'x')],
    ['{"a":{"$ne":"x"}}', { kind: 'not', part: equal('a', 'x') }],
    [
      '{"a":{"$gte":1,"$lt":5}}',
      {
        kind: 'and',
        parts: [
          { kind: 'compare', field: 'a', than: 'gte', value: 1 },
          { kind: 'compare', field: 'a', than: 'lt', value: 5 },
        ],
      },
    ],
    ['{"a":{"$in":["x",null]}}', { kind: 'or', parts: [equal('a', 'x'), missing('a')] }],
    ['{"a":{"$nin":[1]}}', { kind: 'not', part: { kind: 'or', parts: [equal('a', 1)] } }],
    ['{"a":{"$contains":"Fern"}}', { kind: 'contains', field: 'a', value: 'Fern' }],
    ['{"a":{"$exists":true}}', { kind: 'not', part: missing('a') }],
    ['{"a":{"$exists":false}}', missing('a')],
    [
      '{"a":{"$search":"two  words"}}',
      {
        kind: 'and',
        parts: [
          { kind: 'contains', field: 'a', value: 'two' },
          { kind: 'contains', field: 'a', value: 'words' },
        ],
      },
    ],
    ['{"$search":"fern"}', { kind: 'anywhere', text: 'fern' }],
    [
      '{"$or":[{"a":1},{"b":{"$gt":"m"}}]}',
      { kind: 'or', parts: [equal('a', 1), { kind: 'compare', field: 'b', than: 'gt', value: 'm' }] },
    ],
  ])('%j', (text, expected) => {
    expect(parseFilter(text)).toEqual(expected);
  });
});

describe('A11: what is not known or too much is 400', () => {
  test.each([
    '{',
    '[1]',
    '"x"',
    'null',
    '{"$where":"1"}',
    '{"a":{"$where":"1"}}',
    '{"a":{"$regex":"(a+)+"}}',
    '{"a":{"constructor":1}}',
    '{"a":{"b":1}}',
    '{"a":{}}',
    '{"a":[1]}',
    '{"a":1e400}',
    '{"__proto__":1}',
    '{"a.b":1}',
    '{"a":"\\u0000"}',
    '{"a":{"$contains":"\\ud800"}}',
    '{"a":{"$gt":true}}',
    '{"a":{"$gt":null}}',
    '{"a":{"$gt":[1]}}',
    '{"a":{"$in":[]}}',
    '{"a":{"$in":[[1]]}}',
    '{"a":{"$in":"x"}}',
    '{"a":{"$contains":""}}',
    '{"a":{"$contains":null}}',
    '{"a":{"$exists":1}}',
    '{"a":{"$search":" "}}',
    '{"$search":1}',
    '{"$and":[]}',
    '{"$and":{"a":1}}',
    '{"$or":[1]}',
    nested(5),
    `{"a":{"$in":[${Array.from({ length: 101 }, (_, i) => i).join()}]}}`,
    `{"$or":[{"a":{"$in":[${Array.from({ length: 60 }, (_, i) => i).join()}]}},{"b":{"$in":[${Array.from({ length: 60 }, (_, i) => i).join()}]}}]}`,
    `{"a":"${'(a+)+'.repeat(2_000)}"}`,
  ])('%.60j', (text) => {
    expect(orCode(() => parseFilter(text))).toBe('invalid_query');
  });

  test('the deepest that is taken is taken', () => {
    expect(parseFilter(nested(4))).not.toBeNull();
  });
});
