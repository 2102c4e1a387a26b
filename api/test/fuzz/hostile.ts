// Values that have broken servers before, for any place that takes text or JSON.
import fc from 'fast-check';

const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1e400',
  '9007199254740993',
  '-0',
  'null',
  'true',
  '[]',
  '{}',
  '[1]',
  '{"$where":"1"}',
  '{"a":{"$gt":1}}',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '..%2f..%2f',
  '%2e%2e',
  '%00',
  '%ff%fe',
  '%',
  "' or '1'='1",
  "'; drop table faibric.documents; --",
  '") or pg_sleep(5)--',
  '\\',
  '$1',
  '%s%n',
  '<script>alert(1)</script>',
  '${7*7}',
  '\u202e\u200b',
  '\u{1f331}'.repeat(40),
  'e\u0301',
  'a'.repeat(600),
  '('.repeat(300),
  '-created_at',
  'created_at',
  'https://evil.test/',
  '//evil.test',
  '00000000-0000-0000-0000-000000000000',
  'NaN',
  'Infinity',
  '2026-11-25T08:00:00Z',
  '275760-09-13T00:00:00.001Z',
] as const;

/** A hostile text. Raw NUL and line ends are left out: no HTTP client sends them in a path or a header. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary-ascii', maxLength: 20 }),
);

/** Bodies that are no JSON, or JSON that should be refused before any schema sees it. */
const RAW_BODIES = [
  '',
  '{',
  'null',
  '[]',
  '"x"',
  '{} {}',
  '{"data":{"a":"\\u0000"}}',
  '{"data":{"a":"\\ud800"}}',
  '{"data":{"a":1e400}}',
  '{"data":{"a":-0}}',
  '{"__proto__":{"polluted":1},"data":{}}',
  '{"data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
  `{"data":${'['.repeat(40)}${']'.repeat(40)}}`,
  `{"data":{${Array.from({ length: 2_001 }, (_, i) => `"k${i}":1`).join()}}}`,
  `{"data":{"${'k'.repeat(600)}":1}}`,
  '\ufeff{"data":{}}',
  '{"data":{"a":NaN}}',
] as const;

/** A body as bytes, hostile in form. */
export const hostileBody: fc.Arbitrary<Buffer> = fc.oneof(
  fc.constantFrom(...RAW_BODIES).map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
  fc.constant(Buffer.alloc(256 * 1024 + 1, 0x20)),
);

/** Any JSON value, with hostile texts in it. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    hostileText,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(hostileText, fc.constantFrom('title', 'done', 'n')), tie('value'), { maxKeys: 4 }),
  ),
})).value;
