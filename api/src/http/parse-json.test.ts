import { describe, expect, test } from 'vitest';
import { ApiError } from '../errors.ts';
import { parseJson, survivesAsDouble } from './parse-json.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return error instanceof ApiError ? error.code : 'not an ApiError';
  }
};
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const manyKeys = (count: number): string =>
  `{${Array.from({ length: count }, (_, i) => `"k${i}":1`).join(',')}}`;

describe('A3 A5 A6 A7 A8: JSON from strangers', () => {
  test.each([
    ['an object is taken', '{"a":[1,2.5,"x",null,true]}', 'accepted'],
    ['32 levels are taken', nested(32), 'accepted'],
    ['33 levels are too complex', nested(33), 'too_complex'],
    ['10,000 levels are too complex', nested(10_000), 'too_complex'],
    ['2,000 keys are taken', manyKeys(2_000), 'accepted'],
    ['2,001 keys are too complex', manyKeys(2_001), 'too_complex'],
    ['a very long key is too complex', `{"${'k'.repeat(513)}":1}`, 'too_complex'],
    ['a long string is no key', `{"a":"${'k'.repeat(5_000)}"}`, 'accepted'],
    ['brackets and digits in strings do not count', `{"a":"${'['.repeat(100)} 1e999"}`, 'accepted'],
    ['an escaped quote does not end a string', '{"a\\"b":"\\\\"}', 'accepted'],
    ['NUL in a value is refused', '{"a":"x\\u0000y"}', 'invalid_character'],
    ['NUL in a key is refused', '{"x\\u0000y":1}', 'invalid_character'],
    ['half a surrogate pair is refused', '{"a":"\\ud800"}', 'invalid_character'],
    ['a whole surrogate pair is taken', '{"a":"\\ud83c\\udf31"}', 'accepted'],
    ['1e400 is refused', '{"a":1e400}', 'invalid_number'],
    ['2^53+1 is refused', '{"a":9007199254740993}', 'invalid_number'],
    ['2^53-1 is taken', '{"a":9007199254740991}', 'accepted'],
    ['-0 is refused', '{"a":-0}', 'invalid_number'],
    ['400 digits are refused', `{"a":${'7'.repeat(400)}}`, 'invalid_number'],
    ['an underflow to zero is refused', '{"a":1e-400}', 'invalid_number'],
    ['text that is not JSON is refused', '{"a":', 'invalid_json'],
    ['nothing is refused', '', 'invalid_json'],
    ['two values are refused', '{} {}', 'invalid_json'],
    ['NaN is refused', '{"a":NaN}', 'invalid_json'],
  ])('%s', (_name, text, code) => {
    expect(codeOf(() => parseJson(bytes(text)))).toBe(code);
  });

  test('A6: bytes that are not UTF-8 are refused', () => {
    expect(codeOf(() => parseJson(Uint8Array.from([0x22, 0xff, 0xfe, 0x22])))).toBe('invalid_character');
  });

  test('A4: __proto__ is data and nothing else', () => {
    const value = parseJson(bytes('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'));
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(JSON.stringify(value)).toContain('"__proto__":{"polluted":1}');
  });
});

describe('A7: a number is taken when a double holds its value', () => {
  test.each([
    ['0', true],
    ['0.1', true],
    ['-12.5e3', true],
    ['1.0', true],
    ['100000000000000000000', true],
    ['1e21', true],
    ['0.1000000000000000055511151231257827', false],
    ['3.141592653589793', true],
    ['5e-324', true],
    ['123456789012345678', false],
  ])('%s: %s', (text, expected) => {
    expect(survivesAsDouble(text)).toBe(expected);
  });
});
