// Rows as an installation writes them: what is taken, and what fails the start with a sentence that names the row.
import { describe, expect, test } from 'vitest';
import { loadRegistry } from './registry.ts';
import type { ServiceRowInput } from './row.ts';
import { SERVICE_TABLE } from './service-table.ts';

const load = (services: Record<string, Record<string, unknown>>) => loadRegistry(SERVICE_TABLE, { services });
const moved = (baseUrl: string, allowPrivate = false) => load({ yahoo_finance: { baseUrl, allowPrivate } });

const LITERALS = ['http://127.1/', 'http://2130706433/', 'http://0177.0.0.1/', 'http://0x7f.1/'];

describe('G8: a base address that could mean two hosts fails the load', () => {
  test.each([
    ...LITERALS,
    ...['http://017700000001/', 'http://0/', 'http://１２７.0.0.1/', 'http://127.0.0.1/', 'http://[::1]/'],
    ...['http://user@example.org/', 'http://example.org\\@evil.test/', 'http://example.org/../admin'],
    ...['ftp://example.org/', 'file:///etc/passwd', 'example.org', 'http://example.org/?x=1', 'http://'],
  ])('G8: %s', (base) => {
    expect(() => moved(base)).toThrow(/gateway service yahoo_finance: the base address \(baseUrl\) must/);
  });

  test.each(LITERALS)('G8: %s fails also where private addresses are allowed', (base) => {
    expect(() => moved(base, true)).toThrow();
  });

  test('G8: the address of tokens is held to the same', () => {
    const key = {
      entry: 'AN_ID',
      secretEntry: 'A_SECRET',
      in: 'clientCredentials',
      tokenUrl: 'http://0x7f.1/',
    };
    expect(() => load({ spotify: { key } })).toThrow(/\(tokenUrl\)/);
  });

  test.each([
    ['https://query1.finance.yahoo.com', false],
    ['https://example.org:443/prefix', false],
    ['http://faibric-sample-upstreams:8081', true],
    ['http://127.0.0.1:8081', true],
  ])('%s is taken', (base, allowPrivate) => {
    expect(moved(base, allowPrivate).get('yahoo_finance')?.base.href).toContain('://');
  });
});

const row: ServiceRowInput = {
  title: 'Example',
  baseUrl: 'https://api.example.org',
  key: { entry: 'EXAMPLE_API_KEY', in: 'query', name: 'appid' },
  defaultAction: 'get',
  actions: {
    get: {
      description: 'One thing.',
      path: '/v1/things/{id}',
      parameters: { id: { type: 'integer', required: true }, lang: { type: 'text' } },
      ttlSeconds: 60,
    },
  },
};
const withAction = (change: object, service: object = {}) => ({
  ...row,
  ...service,
  actions: { get: { ...row.actions.get, ...change } },
});

describe('a service that an installation adds', () => {
  test('is asked by its row alone', () => {
    const action = load({ example: { ...row } })
      .get('example')
      ?.actions.get('get');
    expect(action?.prepare({ id: 7, lang: 'a&b' }).calls).toEqual([
      { key: '', path: '/v1/things/7', query: { lang: 'a&b' } },
    ]);
  });

  test.each<[string, object, RegExp]>([
    ['has no actions', { title: 'Example' }, /example: is not a service of Faibric.*give title, baseUrl/],
    ['has an unknown field', { ...row, color: 'red' }, /example: the row: Unrecognized key: "color"/],
    [
      'lets a client write the key (G4)',
      withAction({
        parameters: { id: { type: 'integer', required: true }, x: { type: 'text', as: 'AppId' } },
      }),
      /the key's own/,
    ],
    ['has a fixed value where the key goes (G4)', withAction({ query: { appid: 'x' } }), /the key's own/],
    ['has a parameter twice', withAction({ query: { lang: 'x' } }), /the query has lang twice/],
    [
      'has a parameter named url (G1)',
      withAction({ parameters: { id: { type: 'integer', required: true }, url: { type: 'text' } } }),
      /must not be named url/,
    ],
    [
      'names a parameter that is not there',
      withAction({ path: '/v1/{what}' }),
      /\{what\} must be a parameter/,
    ],
    [
      'leaves a segment empty',
      withAction({ parameters: { id: { type: 'integer' } } }),
      /\{id\} must be a parameter that is required/,
    ],
    ['mixes a segment (G3)', withAction({ path: '/v1/x{id}' }), /must be \{parameter\} as a whole/],
    ['climbs (G3)', withAction({ path: '/v1/../{id}' }), /must not climb/],
    ['has a path with a query (G3)', withAction({ path: '/v1/{id}?a=1' }), /actions.get.path/],
    ['keeps answers for ten years (G14)', withAction({ ttlSeconds: 315_360_000 }), /actions.get.ttlSeconds/],
    ['keeps answers for -1 s (G14)', withAction({ ttlSeconds: -1 }), /actions.get.ttlSeconds/],
    ['keeps answers for "x" (G14)', withAction({ ttlSeconds: 'x' }), /actions.get.ttlSeconds/],
    [
      'has no regular expression',
      withAction({ parameters: { id: { type: 'text', required: true, pattern: '(' } } }),
      /pattern of id is not/,
    ],
    [
      'names an unknown normaliser',
      withAction({ normaliser: 'constructor' }),
      /there is no normaliser constructor/,
    ],
    ['sets Host (G9)', { ...row, headers: { Host: 'evil.test' } }, /header Host cannot be set/],
    [
      'puts the key into Cookie (G9)',
      { ...row, key: { entry: 'EXAMPLE_API_KEY', in: 'header', name: 'Cookie' } },
      /cannot go into Cookie/,
    ],
    ['has a header with a line break (G9)', { ...row, headers: { 'X-A': 'a\r\nX-B: b' } }, /headers.X-A/],
    ['has no default action', { ...row, defaultAction: 'nothing' }, /defaultAction nothing is none/],
    [
      'has no place for the key',
      withAction({}, { key: { entry: 'EXAMPLE_API_KEY', in: 'path' } }),
      /must hold \{key\}/,
    ],
  ])('that %s fails the load (G8)', (_name, value, complaint) => {
    expect(() => load({ example: { ...value } })).toThrow(complaint);
  });

  test('must not be named like something else', () => {
    expect(() => load({ Example: { ...row } })).toThrow(/a name has a-z/);
    expect(() => load(JSON.parse(`{"__proto__":${JSON.stringify(row)}}`))).toThrow(/a name has a-z/);
  });

  test('may replace or switch off one of ours; - and _ are the same', () => {
    const services = load({ yahoo_finance: { enabled: false }, open_meteo: { title: 'Weather' } });
    expect(services.has('yahoo_finance')).toBe(false);
    expect(services.get('open-meteo')?.title).toBe('Weather');
  });
});

test('every row of the table names its documentation and an example that its own check takes', () => {
  for (const service of load({}).values()) {
    expect(service.documentation, service.name).toMatch(/^https:/);
    for (const [name, action] of service.actions) {
      expect(() => action.prepare(action.example), `${service.name} ${name}`).not.toThrow();
    }
  }
});
