import type { Response } from 'express';
import { describe, expect, test } from 'vitest';
import { makeTokenCookie, mayBeSecure } from './cookies.ts';

const session = makeTokenCookie('faibric-session', { domain: 'localhost', scheme: 'http' });
const plain = makeTokenCookie('faibric-session', { domain: 'apps.example.org', scheme: 'http' });

const written = (write: (res: Response) => void): string[] => {
  const headers: string[] = [];
  // biome-ignore lint/suspicious/noExplicitAny: only the one method of a response is used
  write({ appendHeader: (_name: string, value: string) => headers.push(value) } as any);
  return headers;
};

test.each([
  ['localhost', 'http', true],
  ['dev.localhost', 'http', true],
  ['notlocalhost', 'http', false],
  ['apps.example.org', 'http', false],
  ['apps.example.org', 'https', true],
] as const)('%s over %s: a Secure cookie is possible: %s', (domain, scheme, expected) => {
  expect(mayBeSecure({ domain, scheme })).toBe(expected);
});

test('a cookie is host-only, HttpOnly and SameSite, with prefix and Secure where browsers take them', () => {
  expect(written((res) => session.write(res, 'abc', 60))).toEqual([
    '__Host-faibric-session=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
  ]);
  expect(written((res) => plain.write(res, 'abc', 60))).toEqual([
    'faibric-session=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax',
  ]);
  expect(written((res) => session.clear(res))[0]).toContain('__Host-faibric-session=; Max-Age=0; Path=/');
});

describe('reading', () => {
  test.each([
    ['the one among others', 'a=1; __Host-faibric-session=tok; b=2', 'tok'],
    ['none', 'a=1', null],
    ['no header', undefined, null],
    ['an empty one', '__Host-faibric-session=', null],
    ['one without the prefix', 'faibric-session=tok', null],
    ['two: nobody knows which is ours', '__Host-faibric-session=a; __Host-faibric-session=b', null],
  ])('%s', (_name, cookie, expected) => {
    expect(session.read(cookie === undefined ? {} : { cookie })).toBe(expected);
  });
});
