import { describe, expect, test } from 'vitest';
import { ApiError } from '../errors.ts';
import { parseQuery, wholeNumber } from './query.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return error instanceof ApiError ? error.code : 'not an ApiError';
  }
};

describe('A9 A18: queries are flat and strict', () => {
  test.each([
    ['a known name', '/x?limit=1', 'accepted'],
    ['no query', '/x', 'accepted'],
    ['an unknown name', '/x?limits=1', 'invalid_query'],
    ['a name twice', '/x?limit=1&limit=2', 'invalid_query'],
    ['brackets', '/x?limit[]=1', 'invalid_query'],
    ['nested brackets', '/x?limit[a][b]=1', 'invalid_query'],
    ['__proto__', '/x?__proto__=1', 'invalid_query'],
    ['NUL', '/x?limit=%00', 'invalid_query'],
    ['bytes that are not UTF-8', '/x?limit=%ff', 'invalid_query'],
  ])('%s', (_name, target, code) => {
    expect(codeOf(() => parseQuery(target, ['limit']))).toBe(code);
  });

  const limit = (text: string) =>
    wholeNumber(new Map([['limit', text]]), 'limit', { min: 1, max: 500, fallback: 100, clamp: true });

  test.each(['-1', '0', 'abc', '1e9', '1;drop', '1.5', ' 1', '+1', '0x10', '', '９', '9999999999999999'])(
    'A9: limit=%j is refused',
    (text) => {
      expect(codeOf(() => limit(text))).toBe('invalid_query');
    },
  );

  test('A9: a limit above the maximum is lowered to it', () => {
    expect(limit('1000000000')).toBe(500);
    expect(limit('500')).toBe(500);
    expect(limit('7')).toBe(7);
  });
});
