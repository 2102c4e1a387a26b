// The way out against a local server that misbehaves in every way we could think of. Loopback only, but real sockets:
// what is asserted is what came back and what was dialled.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { ApiError } from '../errors.ts';
import { parseBase } from '../gateway/base-address.ts';
import type { UpstreamTarget } from '../gateway/upstream-request.ts';
import { makeUpstreams, type UpstreamOptions, type Upstreams } from './upstream.ts';

const open: { servers: Server[]; upstreams: Upstreams[] } = { servers: [], upstreams: [] };
afterEach(async () => {
  for (const upstreams of open.upstreams.splice(0)) await upstreams.close();
  for (const server of open.servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const serve = async (listener: RequestListener): Promise<{ port: number; seen: IncomingMessage[] }> => {
  const seen: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    seen.push(req);
    listener(req, res);
  });
  open.servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, seen };
};

const KEY = 'canary-key-77aa';
const askThrough = async (
  base: string,
  options: Partial<UpstreamOptions> & { allowPrivate?: boolean } = {},
) => {
  const { allowPrivate = true, ...rest } = options;
  const upstreams = makeUpstreams({ timeoutMs: 2_000, ...rest });
  open.upstreams.push(upstreams);
  const target: UpstreamTarget = {
    name: 'openweather',
    title: 'OpenWeather',
    base: parseBase(base, allowPrivate),
    allowPrivate,
  };
  try {
    return await upstreams.ask(target, {
      path: '/data/2.5/weather',
      query: new URLSearchParams({ q: 'Paris', appid: KEY }),
      headers: {},
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    expect(error.message).not.toMatch(/canary|127\.0\.0\.1|https?:|appid|upstream\.test/);
    return error.code;
  }
};

const json: RequestListener = (_req, res) => {
  res.setHeader('Content-Type', 'application/json');
  res.end('{"ok":true}');
};

describe('a well-behaved upstream', () => {
  test('G9: gets our headers and nothing else, and its JSON comes back', async () => {
    const { port, seen } = await serve(json);
    const answer = await askThrough(`http://127.0.0.1:${port}/prefix`);
    expect(answer).toEqual({ status: 200, body: { ok: true }, sample: false, retryAfter: null });
    expect(seen[0]?.url).toBe(`/prefix/data/2.5/weather?q=Paris&appid=${KEY}`);
    expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  test('sample values are marked only where private addresses are allowed', async () => {
    const { port } = await serve((req, res) => {
      res.setHeader('X-Faibric-Sample', 'true');
      json(req, res);
    });
    expect(await askThrough(`http://127.0.0.1:${port}`)).toMatchObject({ sample: true });
  });
});

describe('G7 G11 G12: an upstream that misbehaves', () => {
  test.each<[string, RequestListener, string]>([
    [
      'a redirect to metadata',
      (_req, res) => res.writeHead(302, { Location: 'http://169.254.169.254/' }).end(),
      'upstream_redirected',
    ],
    [
      'a redirect to itself',
      (_req, res) => res.writeHead(307, { Location: '/' }).end(),
      'upstream_redirected',
    ],
    [
      'a body without end',
      (_req, res) => {
        res.writeHead(200);
        const more = (): void => {
          while (!res.destroyed && res.write(Buffer.alloc(65_536)));
          if (!res.destroyed) res.once('drain', more);
        };
        more();
      },
      'upstream_too_large',
    ],
    [
      'an endless drip',
      (_req, res) => {
        res.writeHead(200);
        const timer = setInterval(() => res.write(' '), 50);
        res.on('close', () => clearInterval(timer));
      },
      'upstream_timeout',
    ],
    ['silence', () => undefined, 'upstream_timeout'],
    [
      'a compressed bomb',
      (_req, res) => {
        res.writeHead(200, { 'Content-Encoding': 'gzip' });
        res.end(gzipSync(Buffer.alloc(5_000_000)));
      },
      'upstream_invalid',
    ],
    [
      'a huge header',
      (_req, res) => {
        res.socket?.end(`HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(1_000_000)}\r\n\r\n`);
      },
      'upstream_too_large',
    ],
    ['a reset', (_req, res) => res.socket?.resetAndDestroy(), 'upstream_unreachable'],
  ])('%s', async (_name, listener, code) => {
    const { port } = await serve(listener);
    expect(await askThrough(`http://127.0.0.1:${port}`)).toBe(code);
  });

  test('G12: HTML is no answer', async () => {
    const { port } = await serve((_req, res) => res.end('<script>alert(1)</script>'));
    expect(await askThrough(`http://127.0.0.1:${port}`)).toMatchObject({ status: 200, body: undefined });
  });
});

test('a name that does not resolve says so', async () => {
  const resolve = () =>
    Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND upstream.test'), { code: 'ENOTFOUND' }));
  const upstreams = makeUpstreams({ resolve });
  open.upstreams.push(upstreams);
  const target = {
    name: 'x',
    title: 'Yahoo Finance',
    base: new URL('https://upstream.test'),
    allowPrivate: false,
  };
  await expect(
    upstreams.ask(target, { path: '/x', query: new URLSearchParams(), headers: {} }),
  ).rejects.toThrow(
    'Yahoo Finance could not be reached from this cluster (its name cannot be resolved, ENOTFOUND).',
  );
});
