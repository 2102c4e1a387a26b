// The operator's own small HTTP server: probes and metrics, nothing else. GET and HEAD only; a handler that
// throws answers 500 and the server goes on.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import type { Health } from './health.ts';

/** What a route answers. */
export interface HttpAnswer {
  status: number;
  contentType: string;
  body: string;
}

/** Routes by path. */
export type HttpRoutes = Record<string, () => HttpAnswer | Promise<HttpAnswer>>;

/** A listening server. */
export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens; port 0 takes a free one. */
export async function serveHttp(options: {
  port: number;
  host?: string;
  routes: HttpRoutes;
}): Promise<HttpServer> {
  const routes = new Map(Object.entries(options.routes));
  const server = createServer((request, response) => {
    const route = routes.get((request.url ?? '').split('?')[0] ?? '');
    if (route === undefined) return send(response, plain(404, 'not found'));
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return send(response, plain(405, 'GET or HEAD'));
    void answer(route, response);
  });
  server.headersTimeout = 5_000;
  server.requestTimeout = 10_000;
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(options.port, options.host, listening.resolve);
  await listening.promise;
  // Listening on a port gives an address with a port; a string only comes with a socket path.
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, close };
}

/** `/healthz` and `/readyz`: 200, or 503 with one line per check. */
export function healthRoutes(health: Health): HttpRoutes {
  const route = (kind: 'live' | 'ready') => (): HttpAnswer => {
    const { ok, checks } = health.report(kind);
    const lines = checks.map(({ name, problem }) => (problem ? `[-] ${name}: ${problem}` : `[+] ${name} ok`));
    return plain(ok ? 200 : 503, [...lines, ok ? 'ok' : 'not ok'].join('\n'));
  };
  return { '/healthz': route('live'), '/readyz': route('ready') };
}

/** `/metrics` in Prometheus' text format. */
export function metricsRoutes(registry: Registry): HttpRoutes {
  return {
    '/metrics': async () => ({
      status: 200,
      contentType: registry.contentType,
      body: await registry.metrics(),
    }),
  };
}

async function answer(route: HttpRoutes[string], response: ServerResponse): Promise<void> {
  try {
    send(response, await route());
  } catch (error) {
    send(response, plain(500, error instanceof Error ? error.message : 'failed'));
  }
}

function plain(status: number, body: string): HttpAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${body}\n` };
}

function send(response: ServerResponse, { status, contentType, body }: HttpAnswer): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body);
}
