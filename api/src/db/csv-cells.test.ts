import { describe, expect, test } from 'vitest';
import { fromCell, toCell } from './csv-cells.ts';

describe('cells', () => {
  test.each<[unknown, string]>([
    [undefined, ''],
    [null, ''],
    ['plain', 'plain'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ["'quoted'", "''quoted'"],
    [-5, '-5'],
    [1.5, '1.5'],
    [true, 'true'],
    [[1, 'a'], '[1,"a"]'],
    [{ a: null }, '{"a":null}'],
  ])('%j is written as %j and read as it was', (value, cell) => {
    expect(toCell(value)).toBe(cell);
    expect(fromCell(cell, true)).toEqual(value ?? undefined);
  });

  test.each<[string, unknown]>([
    ['007', '007'],
    ['+49 30 1', '+49 30 1'],
    ['9007199254740993', '9007199254740993'],
    ['1e400', '1e400'],
    ['-0', '-0'],
    ['TRUE', 'TRUE'],
    ['{broken', '{broken'],
    ['2026-11-25', '2026-11-25'],
  ])('%j stays text, because a number would change it or it is none', (cell, value) => {
    expect(fromCell(cell, true)).toBe(value);
  });

  test('without types everything is text', () => {
    expect(['1', 'true', '[1]', ''].map((cell) => fromCell(cell, false))).toEqual([
      '1',
      'true',
      '[1]',
      undefined,
    ]);
  });
});
