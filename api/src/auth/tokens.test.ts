import { expect, test } from 'vitest';
import { hashToken, isToken, newToken } from './tokens.ts';

test('B16: a token is 256 random bits, and no two are the same', () => {
  const tokens = Array.from({ length: 1_000 }, () => newToken());
  expect(new Set(tokens).size).toBe(1_000);
  expect(tokens.every((token) => Buffer.from(token, 'base64url').length === 32)).toBe(true);
});

test('B16: what is stored is its SHA-256', () => {
  expect(hashToken('abc').toString('hex')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test.each([
  ['a new one', newToken(), '', true],
  ['a new one with its prefix', newToken('fbr_'), 'fbr_', true],
  ['one without the prefix', newToken(), 'fbr_', false],
  ['a JSON web token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.', '', false],
  ['one with a character more', `${newToken()}A`, '', false],
  ['the empty text', '', '', false],
])('%s: the shape is known', (_name, token, prefix, expected) => {
  expect(isToken(token, prefix)).toBe(expected);
});
