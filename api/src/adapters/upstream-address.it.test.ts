// Whom the way out dials: names of a test's DNS, injected as the resolver, and a real TLS server with certificates of four
// kinds. What is asserted is also what the server saw: a connection that was refused must not have been made.
import type { Server as HttpServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  makeCertificates,
  type TestCertificate,
  type TestCertificates,
} from '../../test/upstreams/certificates.ts';
import { json, startUpstream, type TestUpstream } from '../../test/upstreams/upstream-server.ts';
import { ApiError } from '../errors.ts';
import { makeUpstreams, type Resolve, type UpstreamOptions, type Upstreams } from './upstream.ts';

const open: { upstreams: Upstreams[]; servers: HttpServer[] } = { upstreams: [], servers: [] };
let local: TestUpstream;
beforeAll(async () => {
  local = await startUpstream();
  local.follow(json({ ok: true }));
});
afterAll(() => local.close());
afterEach(async () => {
  for (const upstreams of open.upstreams.splice(0)) await upstreams.close();
  for (const server of open.servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A zone of a DNS of the test's own: names, and what they resolve to. */
const dns =
  (zone: Readonly<Record<string, readonly string[]>>): Resolve =>
  async (name) => {
    const addresses = Object.hasOwn(zone, name) ? zone[name] : undefined;
    if (addresses === undefined) throw Object.assign(new Error(`ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };

const begin = (options: Partial<UpstreamOptions>): Upstreams => {
  const upstreams = makeUpstreams({ timeoutMs: 2_000, ...options });
  open.upstreams.push(upstreams);
  return upstreams;
};

const ask = async (upstreams: Upstreams, base: string, allowPrivate = false): Promise<unknown> => {
  try {
    const target = { name: 'x', title: 'X', base: new URL(base), allowPrivate };
    const request = { path: '/v1', query: new URLSearchParams(), headers: {} };
    return (await upstreams.ask(target, request)).body;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    expect(error.message).not.toMatch(/upstream\.test|\d+\.\d+\.\d+\.\d+/);
    return error.code;
  }
};

describe('G5: a name that resolves into a forbidden range is refused before connecting', () => {
  test.each([
    ['loopback', ['127.0.0.1']],
    ['loopback-other', ['127.9.9.9']],
    ['ten', ['10.96.0.1']],
    ['seventeen-two', ['172.16.0.1']],
    ['seventeen-two-end', ['172.31.255.254']],
    ['home', ['192.168.1.1']],
    ['metadata', ['169.254.169.254']],
    ['carrier', ['100.64.0.1']],
    ['this-network', ['0.0.0.0']],
    ['this-network-other', ['0.1.2.3']],
    ['benchmark', ['198.18.0.1']],
    ['benchmark-end', ['198.19.255.254']],
    ['multicast', ['224.0.0.1']],
    ['reserved', ['240.0.0.1']],
    ['broadcast', ['255.255.255.255']],
    ['loopback6', ['::1']],
    ['unspecified6', ['::']],
    ['unique-local', ['fc00::1']],
    ['unique-local-d', ['fd12:3456::1']],
    ['link-local6', ['fe80::1']],
    ['mapped', ['::ffff:7f00:1']],
    ['mapped-text', ['::ffff:127.0.0.1']],
    ['nat64', ['64:ff9b::7f00:1']],
    ['six-to-four', ['2002:7f00:1::']],
    ['multicast6', ['ff02::1']],
  ])('G5: %s.upstream.test → %j', async (name, addresses) => {
    local.seen.length = 0;
    const upstreams = begin({ resolve: dns({ [`${name}.upstream.test`]: addresses }) });
    expect(await ask(upstreams, `http://${name}.upstream.test:${local.port}`)).toBe('upstream_forbidden');
    expect(local.seen).toEqual([]);
  });

  test('G5: the check is what refuses: the same name is reached where private addresses are allowed', async () => {
    const upstreams = begin({ resolve: dns({ 'own.upstream.test': ['127.0.0.1'] }) });
    expect(await ask(upstreams, `http://own.upstream.test:${local.port}`, true)).toEqual({ ok: true });
  });
});

describe('G6: names that change their mind', () => {
  test.each([
    [['93.184.216.34', '127.0.0.1']],
    [['127.0.0.1', '93.184.216.34']],
    [['2606:4700::1111', '::1']],
    [['93.184.216.34', '64:ff9b::7f00:1']],
  ])('G6: of %j no address is dialled', async (addresses) => {
    local.seen.length = 0;
    const upstreams = begin({ resolve: dns({ 'mixed.upstream.test': addresses }) });
    expect(await ask(upstreams, `http://mixed.upstream.test:${local.port}`)).toBe('upstream_forbidden');
    expect(local.seen).toEqual([]);
  });

  test('G6: the name is asked once for a connection, and the checked answer is what is dialled', async () => {
    let asked = 0;
    const resolve: Resolve = async () => {
      asked += 1;
      // Nobody listens at the first address; had the name been asked again, the second would have answered.
      return [{ address: asked === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }];
    };
    local.seen.length = 0;
    const upstreams = begin({ resolve });
    expect(await ask(upstreams, `http://rebind.upstream.test:${local.port}`, true)).toBe(
      'upstream_unreachable',
    );
    expect([asked, local.seen.length]).toEqual([1, 0]);
  });
});

describe('G20: certificates', () => {
  let certificates: TestCertificates;
  beforeAll(() => {
    certificates = makeCertificates();
  });

  const serve = async (certificate: TestCertificate): Promise<{ port: number; requests: () => number }> => {
    let requests = 0;
    const server = createServer({ ...certificate }, (_req, res) => {
      requests += 1;
      res.setHeader('Content-Type', 'application/json').end('{"tls":true}');
    });
    open.servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, requests: () => requests };
  };
  const resolve = dns({ 'upstream.test': ['127.0.0.1'] });

  test('G20: a good certificate is taken, so that the rest is no accident', async () => {
    const { port } = await serve(certificates.good);
    const upstreams = begin({ resolve, ca: certificates.ca });
    expect(await ask(upstreams, `https://upstream.test:${port}`, true)).toEqual({ tls: true });
  });

  test.each(['expired', 'wrongName', 'selfSigned'] as const)(
    'G20: %s is 502, and nothing was asked',
    async (kind) => {
      const { port, requests } = await serve(certificates[kind]);
      const upstreams = begin({ resolve, ca: certificates.ca });
      expect(await ask(upstreams, `https://upstream.test:${port}`, true)).toBe('upstream_unreachable');
      expect(requests()).toBe(0);
    },
  );

  test('G20: an authority that is not known is refused, also when Node is told to take everything', async () => {
    const { port, requests } = await serve(certificates.good);
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      expect(await ask(begin({ resolve }), `https://upstream.test:${port}`, true)).toBe(
        'upstream_unreachable',
      );
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
    expect(requests()).toBe(0);
  });
});
