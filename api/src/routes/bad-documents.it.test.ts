// What bad bodies, queries and names get from the Database API (claims A1 to A14): a stable code and never a 5xx.
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { SECRET } from '../../test/api-server.ts';
import { app, create, path, post, server } from '../../test/documents-rig.ts';
import { problemSchema } from '../contract/index.ts';
import { MAX_BODY_BYTES } from '../contract/limits.ts';

describe('A: bad input gets a stable code and never a 5xx', () => {
  test('A1: one byte over the limit is 413, with Content-Length and chunked', async () => {
    const body = Buffer.alloc(MAX_BODY_BYTES + 1, 0x20);
    const whole = await post('a1', body);
    expect([whole.status, whole.json.code]).toEqual([413, 'payload_too_large']);
    expect(whole.headers.connection).toBe('close');
    const chunked = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'x-faibric-proxy': SECRET, 'x-faibric-app': app, 'content-type': 'application/json' };
      const req = httpRequest(
        { port: server.port, method: 'POST', path: path('a1'), headers, agent: false },
        (res) => {
          expect(res.headers.connection).toBe('close');
          res.resume();
          resolve(res.statusCode);
        },
      );
      req.on('error', reject);
      req.write(body.subarray(0, 1000));
      req.end(body.subarray(1000));
    });
    expect(chunked).toBe(413);
    const exact = Buffer.concat([
      Buffer.from('{"data":{}'),
      Buffer.alloc(MAX_BODY_BYTES - 11, 0x20),
      Buffer.from('}'),
    ]);
    expect((await post('a1', exact)).status).toBe(201);
  });

  test('A2: a compressed body is refused unread', async () => {
    const body = gzipSync(Buffer.alloc(1_000_000, 0x20));
    const answer = await post('a2', body, { 'content-encoding': 'gzip' });
    expect([answer.status, answer.json.code]).toEqual([415, 'unsupported_media_type']);
  });

  const nested = (depth: number) => `{"data":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
  test.each([
    ['A3 depth', nested(10_000), 'too_complex'],
    ['A3 keys', `{"data":{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":1`).join()}}}`, 'too_complex'],
    ['A5 value', '{"data":{"a":"\\u0000"}}', 'invalid_character'],
    ['A5 key', '{"data":{"\\u0000":1}}', 'invalid_character'],
    ['A6 surrogate', '{"data":{"a":"\\ud800"}}', 'invalid_character'],
    [
      'A6 bytes',
      Buffer.concat([Buffer.from('{"data":{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}}')]),
      'invalid_character',
    ],
    ['A7 1e400', '{"data":{"a":1e400}}', 'invalid_number'],
    ['A7 2^53+1', '{"data":{"a":9007199254740993}}', 'invalid_number'],
    ['A7 -0', '{"data":{"a":-0}}', 'invalid_number'],
    ['A8 array', '[]', 'invalid_body'],
    ['A8 string', '"x"', 'invalid_body'],
    ['A8 null', 'null', 'invalid_body'],
    ['A8 empty', '', 'invalid_json'],
    ['A8 data is an array', '{"data":[]}', 'invalid_body'],
    ['A8 data is missing', '{}', 'invalid_body'],
    ['A8 more than data', '{"data":{},"id":"x"}', 'invalid_body'],
  ])('%s is 400', async (_name, body, code) => {
    const answer = await post('bad', body);
    expect(answer.status).toBe(400);
    expect(problemSchema.parse(answer.json).code).toBe(code);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  test('A4: __proto__ and constructor are stored as data and pollute nothing', async () => {
    const body = '{"data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}';
    const made = await post('a4', body);
    expect(made.status).toBe(201);
    const read = await server.send('GET', path('a4', made.json.id), { app });
    expect(read.text).toContain('"__proto__": {"polluted": 1}');
    const merged = await server.send('PATCH', path('a4', made.json.id), { app, body });
    expect(merged.status).toBe(200);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const outer = await post('a4', '{"__proto__":{"data":{}},"data":{}}');
    expect([400, 201]).toContain(outer.status);
    expect(({} as Record<string, unknown>).data).toBeUndefined();
  });

  test('A7: numbers that are taken come back as they went', async () => {
    const data = {
      a: 0.1,
      b: 9_007_199_254_740_991,
      c: 1e300,
      d: -1.5e-7,
      e: 0.30000000000000004,
      f: 5e-324,
    };
    const made = await create('a7', data);
    expect((await server.send('GET', path('a7', made.id), { app })).json.data).toEqual(data);
  });

  test.each(['-1', '0', 'abc', '1e9', '1;drop', '1&limit=2', ''])('A9: limit=%s is 400', async (text) => {
    const answer = await server.send('GET', `${path('a9')}?limit=${text}`, { app });
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_query']);
  });

  test('A9: a huge limit becomes 500', async () => {
    expect((await server.send('GET', `${path('a9')}?limit=1000000000`, { app })).json.limit).toBe(500);
  });

  test.each(["data->>'x'; --", '-', 'id__x', 'a b', 'data.x'])('A10: order_by=%s is 400', async (text) => {
    const answer = await server.send('GET', `${path('a10')}?order_by=${encodeURIComponent(text)}`, { app });
    expect(answer.json.code).toBe('invalid_query');
  });

  test.each([
    '{',
    '[1]',
    '{"$where":"1"}',
    '{"a":{"$where":1}}',
    '{"a":{"$regex":"x"}}',
    `{"a":"${'('.repeat(3000)}"}`,
  ])('A11: filter=%.30s is 400', async (text) => {
    const answer = await server.send('GET', `${path('a11')}?filter=${encodeURIComponent(text)}`, { app });
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_query']);
  });

  test.each([
    '%2e%2e',
    'a%00b',
    'x'.repeat(300),
    '%F0%9F%8C%B1',
    '_system',
    'Plants',
    '1st',
    'a.b',
    '..%2fusers',
    '%ff',
  ])('A12: collection %.20s is 400', async (name) => {
    for (const method of ['GET', 'POST']) {
      const answer = await server.send(method, `/api/v1/db/${app}/${name}/`, {
        app,
        body: method === 'POST' ? { data: {} } : undefined,
      });
      expect(answer.status).toBe(400);
    }
  });

  test('A12: a path that climbs out names no other collection', async () => {
    const answer = await server.send('GET', `/api/v1/db/${app}/x/../users/`, { app });
    expect([400, 404]).toContain(answer.status);
  });

  test('A13: ids', async () => {
    const made = await create('a13', {});
    const status = async (collection: string, id: string) =>
      (await server.send('GET', path(collection, id), { app })).status;
    expect(await status('a13', 'not-a-uuid')).toBe(400);
    expect(await status('a13', made.id.toUpperCase())).toBe(400);
    expect(await status('a13other', made.id)).toBe(404);
    expect(await status('a13', '00000000-0000-0000-0000-000000000000')).toBe(404);
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const body = method === 'DELETE' ? undefined : { data: {} };
      expect((await server.send(method, path('a13other', made.id), { app, body })).status).toBe(404);
    }
  });

  test.each([
    'text/plain',
    'application/json;charset=utf-16',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    '',
  ])('A14 B17: content type %j is 415 and changes nothing', async (type) => {
    const answer = await post('a14', '{"data":{}}', { 'content-type': type });
    expect([answer.status, answer.json.code]).toEqual([415, 'unsupported_media_type']);
    expect((await server.send('GET', path('a14'), { app })).json.total).toBe(0);
  });
});
