import { describe, expect, test } from 'vitest';
import { configureServices } from './service-config.ts';
import { SERVICES } from './services.ts';

const configure = (baseUrl: string, allowPrivate = false) =>
  configureServices(SERVICES, { services: { yahoo_finance: { baseUrl, allowPrivate, requireKey: true } } });

describe('G8: a base address that could mean two hosts fails the load', () => {
  test.each([
    ...[
      'http://127.1/',
      'http://2130706433/',
      'http://0177.0.0.1/',
      'http://0x7f.1/',
      'http://017700000001/',
      'http://0/',
    ],
    ...[
      'http://１２７.0.0.1/',
      'http://127.0.0.1/',
      'http://[::1]/',
      'http://user@example.org/',
      'http://example.org\\@evil.test/',
    ],
    ...[
      'ftp://example.org/',
      'file:///etc/passwd',
      'example.org',
      'http://example.org/?x=1',
      'http://example.org/#x',
      'http://',
    ],
  ])('%s', (base) => {
    expect(() => configure(base)).toThrow(/base address of gateway service yahoo_finance/);
  });

  test.each(['http://127.1/', 'http://0x7f.1/', 'http://2130706433/'])(
    '%s fails also where private addresses are allowed',
    (base) => {
      expect(() => configure(base, true)).toThrow();
    },
  );

  test.each([
    ['https://query1.finance.yahoo.com', false],
    ['https://example.org:443/prefix', false],
    ['http://faibric-sample-upstreams:8081', true],
    ['http://127.0.0.1:8081', true],
  ])('%s is taken', (base, allowPrivate) => {
    expect(configure(base, allowPrivate).get('yahoo_finance')?.base.href).toContain('://');
  });

  test('an unknown service is named', () => {
    const config = {
      services: { yahoo: { baseUrl: 'https://a.test', allowPrivate: false, requireKey: true } },
    };
    expect(() => configureServices(SERVICES, config)).toThrow(/unknown services: yahoo/);
  });
});
