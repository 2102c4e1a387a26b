// G2 to G4 on the rows where a client's text stands in the path or in the query: whatever it is, host, path template and key
// stay the row's. Nothing may go out for what is refused; what goes out is looked at as a URL parser reads it.
import { describe, expect, test } from 'vitest';
import { gatewayRig, KEY } from '../../test/gateway-rig.ts';

const ENDPOINTS = [
  ...['https://x/', '//x/', '/\\x/', '@x/', 'x:80/', 'a\tb', 'a\nb', 'a\r\nX: y', '%2f%2fx', '\u2028'],
  ...['../../admin', '..', '.', '%2e%2e/', '%2e%2e', '..;/', '..%5c', 'a/b', 'a\\b', 'a;b', 'a%b'],
  ...['a?x=1', 'a#x', '?', '#'],
];

describe('G2 G3 G4: a text that would be a path segment', () => {
  test.each(ENDPOINTS)('G2 G3 G4: %j is refused', async (name) => {
    const { ask, asked } = gatewayRig();
    await expect(ask({ service: 'restcountries', name })).rejects.toMatchObject({ code: 'invalid_request' });
    expect(asked).toEqual([]);
  });

  test.each([
    'Côte d’Ivoire',
    'São Tomé & Príncipe',
    'a@b',
    'a:80',
    "Lao People's",
    'a+b',
    'ⓟ',
    '…',
    '(x)!*~',
  ])('G3: %j is one segment of the row’s path', async (name) => {
    const { ask, asked } = gatewayRig({ answer: () => ({ status: 200, body: [] }) });
    await ask({ service: 'restcountries', name });
    const url = new URL(`https://restcountries.com/v3.1${asked[0]?.path}`);
    expect([url.host, url.pathname.split('/').length, asked[0]?.host]).toEqual([
      'restcountries.com',
      4,
      'restcountries.com',
    ]);
    expect(decodeURIComponent(url.pathname)).toBe(`/v3.1/name/${name}`);
  });
});

describe('G4: a text that is a query value', () => {
  test.each(['a&api_key=mine', 'a#x', 'a?b', '%26api_key%3Dmine', 'a=b', 'a+b', '//evil.test'])(
    'G4: %j stays one value, and the key is the server’s',
    async (query) => {
      const { ask, asked } = gatewayRig({ answer: () => ({ status: 200, body: { data: [] } }) });
      await ask({ service: 'giphy', query });
      const sent = new URLSearchParams(asked[0]?.query);
      expect([sent.getAll('q'), sent.getAll('api_key')]).toEqual([[query], [KEY]]);
      expect([...sent.keys()].sort()).toEqual(['api_key', 'limit', 'q', 'rating']);
    },
  );

  test.each([
    'api_key',
    'q',
    'Authorization',
    '__proto__',
    'constructor',
    'url',
    'endpoint',
    'headers',
    'key',
    'base',
  ])('G1 G4: a parameter named %s is none', async (name) => {
    const { ask, asked } = gatewayRig();
    const request = JSON.parse(`{"service":"giphy","query":"cat","${name}":"x"}`);
    await expect(ask(request)).rejects.toMatchObject({ code: 'invalid_request' });
    expect(asked).toEqual([]);
    expect(Object.keys({})).toEqual([]);
  });
});
