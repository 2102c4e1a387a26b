// The small pure parts of the client: URLs, errors, watch lines.
import { Readable } from 'node:stream';
import clientNode from '@kubernetes/client-node/package.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import { collectionPath, objectPath, withQuery } from './resource-url.ts';
import { failureOf, refused, unanswered } from './translate-error.ts';
import { linesOf, parseWatchEvent } from './watch-lines.ts';

const pods = { group: '', version: 'v1', kind: 'Pod', plural: 'pods' };
const apps = { group: 'faibric.dev', version: 'v1alpha1', kind: 'FaibricApp', plural: 'faibricapps' };
const nodes = { group: '', version: 'v1', kind: 'Node', plural: 'nodes', namespaced: false };

describe('paths', () => {
  test.each([
    ['core, all namespaces', collectionPath(pods), '/api/v1/pods'],
    ['core, one namespace', collectionPath(pods, 'ns'), '/api/v1/namespaces/ns/pods'],
    [
      'a group',
      objectPath(apps, { namespace: 'ns', name: 'a' }),
      '/apis/faibric.dev/v1alpha1/namespaces/ns/faibricapps/a',
    ],
    [
      'a subresource',
      objectPath(pods, { namespace: 'ns', name: 'a' }, 'status'),
      '/api/v1/namespaces/ns/pods/a/status',
    ],
    [
      'cluster scope ignores a namespace',
      objectPath(nodes, { namespace: 'ns', name: 'a' }),
      '/api/v1/nodes/a',
    ],
    [
      'a name is data',
      objectPath(pods, { namespace: 'ns', name: '../x?y' }),
      '/api/v1/namespaces/ns/pods/..%2Fx%3Fy',
    ],
    [
      'empty parameters are left out',
      withQuery('/x', { a: 1, b: undefined, c: '', d: false, e: true }),
      '/x?a=1&e=true',
    ],
  ])('%s', (_, path, expected) => {
    expect(path).toBe(expected);
  });

  test.each([
    ['no name', () => objectPath(pods, { namespace: 'ns', name: '' })],
    ['no namespace', () => objectPath(pods, { name: 'a' })],
  ])('%s is a mistake of the caller and never a request for the collection', (_, make) => {
    expect(make).toThrow('needs a name');
  });
});

describe('failures', () => {
  test.each([
    [409, { reason: 'AlreadyExists' }, { kind: 'alreadyExists' }],
    [409, { reason: 'Conflict' }, { kind: 'conflict' }],
    [409, {}, { kind: 'conflict' }],
    [410, { reason: 'Expired' }, { kind: 'gone' }],
    [422, { reason: 'Invalid' }, { kind: 'invalid' }],
    [401, {}, { kind: 'forbidden' }],
    [404, {}, { kind: 'notFound' }],
    [429, { details: { retryAfterSeconds: 5 } }, { kind: 'throttled', retryAfterMs: 5000 }],
    [429, {}, { kind: 'throttled', retryAfterMs: 1000 }],
    [503, {}, { kind: 'unavailable' }],
    [500, { reason: 'InternalError' }, { kind: 'unavailable' }],
    [
      504,
      { reason: 'Timeout', details: { retryAfterSeconds: 2 } },
      { kind: 'unavailable', retryAfterMs: 2000 },
    ],
  ])('%i with %j is %j', (code, status, failure) => {
    expect(failureOf(code, status)).toEqual(failure);
  });

  test('a Retry-After header counts where the Status says nothing', () => {
    expect(failureOf(429, {}, '7')).toEqual({ kind: 'throttled', retryAfterMs: 7000 });
    expect(failureOf(429, {}, 'Fri, 31 Dec 1999 23:59:59 GMT')).toEqual({
      kind: 'throttled',
      retryAfterMs: 1000,
    });
  });

  test("the server's own words are kept, a proxy's page is cut short", () => {
    expect(refused('GET /x', { code: 422, text: '{"message":"spec.prompt: too long"}' }).message).toBe(
      'GET /x: 422 spec.prompt: too long',
    );
    expect(refused('GET /x', { code: 502, text: '<html>'.repeat(999) }).message.length).toBeLessThan(230);
  });

  test('no answer is unavailable, unless the caller gave up', () => {
    const cause = Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED' });
    expect(unanswered('GET /x', cause, false)).toMatchObject({
      failure: { kind: 'unavailable' },
      message: 'GET /x: ECONNREFUSED connect failed',
    });
    expect(unanswered('GET /x', cause, true).failure.kind).toBe('aborted');
  });
});

describe('watch lines', () => {
  const collect = async (chunks: Array<Buffer | string>): Promise<string[]> => {
    const lines: string[] = [];
    for await (const line of linesOf(Readable.from(chunks))) lines.push(line);
    return lines;
  };

  test.each<[string, Array<Buffer | string>, string[]]>([
    ['whole lines', ['{"a":1}\n{"b":2}\n'], ['{"a":1}', '{"b":2}']],
    ['a line in pieces', ['{"a"', ':', '1}\n'], ['{"a":1}']],
    ['an unfinished last line is dropped', ['{"a":1}\n{"b":12'], ['{"a":1}']],
    ['empty lines are skipped', ['\n\n{"a":1}\n\n'], ['{"a":1}']],
    [
      'a character cut in half',
      [Buffer.from('"ü"\n').subarray(0, 2), Buffer.from('"ü"\n').subarray(2)],
      ['"ü"'],
    ],
    ['nothing', [], []],
  ])('%s', async (_, chunks, lines) => {
    expect(await collect(chunks)).toEqual(lines);
  });

  test('a two megabyte line in small pieces is one line', async () => {
    const piece = 'x'.repeat(1000);
    const [line] = await collect([...Array.from({ length: 2000 }, () => piece), '\n']);
    expect(line?.length).toBe(2_000_000);
  });

  test('events and bookmarks', () => {
    expect(parseWatchEvent('{"type":"ADDED","object":{"metadata":{"name":"a"}}}')).toMatchObject({
      type: 'added',
    });
    expect(parseWatchEvent('{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7"}}}')).toEqual({
      type: 'bookmark',
      resourceVersion: '7',
    });
  });

  test.each([
    ['no JSON', '<html>'],
    ['no event', '{"kind":"Status"}'],
    ['an unknown type', '{"type":"NEW","object":{}}'],
    ['an error event', '{"type":"ERROR","object":{"code":500}}'],
  ])('%s throws', (_, line) => {
    expect(() => parseWatchEvent(line)).toThrow();
  });
});

test('client-node is 2.0.1 or newer: before it, quiet watches went deaf', () => {
  const [major = 0, minor = 0, patch = 0] = clientNode.version.split('.').map(Number);
  expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(2_000_001);
});
