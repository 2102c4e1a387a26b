import { expect, test } from 'vitest';
import { claimsIn } from './claims-index.ts';

test.each<[string, readonly string[]]>([
  ["test('A1: one byte too many', …", ['A1']],
  ["describe('A20 to A22, B18: repeated writes', …", ['A20', 'A21', 'A22', 'B18']],
  ["describe('B1 B8 B9: who is refused'", ['B1', 'B8', 'B9']],
  ["['A3 depth', nested(10_000)]", ['A3']],
  ['test(`B6 A: ${REQUESTS} requests`', ['B6']],
  ["// A1 holds elsewhere; see 'the table of A2'", []],
  ["const name = 'B2B'", []],
])('%s names %j', (text, claims) => {
  expect([...claimsIn(text)]).toEqual(claims);
});
