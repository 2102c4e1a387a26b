// The gateway over HTTP, with the sample upstreams behind it: the whole way of `--sample-data`, on real sockets.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SECRET, startServer, type TestServer } from '../../test/api-server.ts';
import { liveGateway } from '../../test/live-gateway.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { makeUpstreams, type Upstreams } from '../adapters/upstream.ts';
import { gatewayAnswerSchema, gatewayServicesSchema, stockQuotesSchema } from '../contract/index.ts';
import { loadRegistry } from '../gateway/registry.ts';
import { SERVICE_TABLE } from '../gateway/service-table.ts';
import { SAMPLED_SERVICES } from '../sample-upstreams/answers.ts';
import { makeSampleServer } from '../sample-upstreams/server.ts';

let postgres: TestPostgres;
let server: TestServer;
let samples: Server;
let upstreams: Upstreams;
let sampleCalls = 0;

beforeAll(async () => {
  postgres = await startPostgres();
  samples = makeSampleServer(() => Date.parse('2026-11-23T08:00:00Z'));
  samples.on('request', () => {
    sampleCalls += 1;
  });
  await new Promise<void>((resolve) => samples.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(samples.address() as AddressInfo).port}`;
  const settings = { baseUrl, allowPrivate: true, requireKey: false };
  upstreams = makeUpstreams();
  const config = { services: Object.fromEntries(SAMPLED_SERVICES.map((name) => [name, settings])) };
  const gateway = liveGateway({ registry: loadRegistry(SERVICE_TABLE, config), ask: upstreams.ask });
  server = await startServer(postgres, await postgres.database(), {
    gateway: { gateway },
    gatewayPerSecond: 0,
  });
});
afterAll(async () => {
  await server?.close();
  await upstreams?.close();
  samples?.close();
  await postgres?.stop();
});

const app = 'gateapp';
const ask = (body: unknown, headers = {}) => server.send('POST', '/api/gateway/', { app, body, headers });

describe('sample data', () => {
  test('is answered for every example of the list, and labelled', async () => {
    const { services } = gatewayServicesSchema.parse(
      (await server.send('GET', '/api/gateway/', { app })).json,
    );
    const sampled = services.filter(({ service }) => [...SAMPLED_SERVICES, 'investment'].includes(service));
    expect(sampled).toHaveLength(SAMPLED_SERVICES.length + 1);
    expect(sampled.every(({ available }) => available)).toBe(true);
    for (const { actions } of sampled) {
      for (const { example } of actions) {
        const answer = await ask(example);
        expect(answer.status, answer.text).toBe(200);
        expect(gatewayAnswerSchema.parse(answer.json).sample).toBe(true);
      }
    }
  });

  test('has the shape that apps are written against', async () => {
    const { json } = await ask({ service: 'yahoo_finance', symbols: ['AAPL', 'MSFT', 'TSLA'] });
    expect(stockQuotesSchema.parse(json.data).quotes.map(({ symbol }) => symbol)).toEqual([
      'AAPL',
      'MSFT',
      'TSLA',
    ]);
  });
});

describe('G: what the gateway refuses over HTTP', () => {
  test.each([
    ['G1 unknown service', { service: 'nosuch' }, 400, 'unknown_service'],
    [
      'G1 __proto__ as a field',
      '{"service":"yahoo_finance","__proto__":{"symbols":["A"]}}',
      400,
      'invalid_request',
    ],
    ['G1 no service', {}, 400, 'invalid_body'],
    ['G1 a list', [], 400, 'invalid_body'],
    [
      'G18 too many',
      { service: 'coingecko', ids: Array.from({ length: 21 }, (_, i) => `c${i}`) },
      400,
      'invalid_request',
    ],
    ['unknown symbol', { service: 'yahoo_finance', symbols: ['UNKNOWN'] }, 404, 'upstream_not_found'],
  ])('%s', async (_name, body, status, code) => {
    const answer = await ask(body);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['content-type']).toContain('json');
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('G10: %s is 405', async (method) => {
    expect((await server.send(method, '/api/gateway/', { app })).status).toBe(405);
  });

  test('G10: a GET with a body is 405', async () => {
    expect((await server.send('GET', '/api/gateway/', { app, body: { service: 'coingecko' } })).status).toBe(
      405,
    );
  });

  test('G9: a header value with a line break never arrives', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () =>
        socket.write(
          `GET /api/gateway/ HTTP/1.1\r\nHost: x\r\nX-Faibric-Proxy: ${SECRET}\r\nX-Faibric-App: ${app}\r\nCookie: a\nX-B: c\r\n\r\n`,
        ),
      );
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('close', () => resolve(text));
      socket.setTimeout(2_000, () => socket.destroy());
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
  });

  test('G16: many of the same question at once are one call', async () => {
    const before = sampleCalls;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => ask({ service: 'coingecko', ids: ['solana'] })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(sampleCalls - before).toBe(1);
  });
});
