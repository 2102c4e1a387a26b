import { describe, expect, test } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

const host = 'me-plants-k3x9q2.localhost';

describe('B5 B17: writes come from our own page or from no page', () => {
  test.each([
    ['no page (curl)', { host }, true],
    ['our page', { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }, true],
    [
      'our page on another port of the ingress',
      { host: `${host}:8080`, origin: `http://${host}:8080` },
      true,
    ],
    ['typed into the address bar', { host, 'sec-fetch-site': 'none' }, true],
    ['host in odd case', { host: host.toUpperCase(), origin: `http://${host}` }, true],
    ['Origin: null', { host, origin: 'null' }, false],
    ['a longer host that starts alike', { host, origin: `http://${host}.evil.test` }, false],
    [
      'another app',
      { host, origin: 'http://me-other-aaaaaa.localhost', 'sec-fetch-site': 'same-site' },
      false,
    ],
    ['a host that ends alike', { host: 'a.localhost', origin: 'http://xa.localhost' }, false],
    ['cross-site without Origin', { host, 'sec-fetch-site': 'cross-site' }, false],
    ['same-site without Origin', { host, 'sec-fetch-site': 'same-site' }, false],
    ['a user in the origin', { host, origin: `http://${host}@evil.test` }, false],
    ['another scheme', { host, origin: `ftp://${host}` }, false],
    ['another port', { host, origin: `http://${host}:81` }, false],
    ['no host at all', { origin: `http://${host}` }, false],
  ])('%s', (_name, headers, expected) => {
    expect(isSameOrigin(headers)).toBe(expected);
  });
});
