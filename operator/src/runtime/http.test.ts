// Probes and metrics over real HTTP on a loopback port.
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHealth, type Health } from './health.ts';
import { type HttpServer, healthRoutes, metricsRoutes, serveHttp } from './http.ts';
import { createRuntimeMetrics } from './metrics.ts';

let server: HttpServer;
let health: Health;
let registry: Registry;

beforeEach(async () => {
  health = createHealth();
  registry = new Registry();
  const broken = () => {
    throw new Error('a bug');
  };
  const routes = { ...healthRoutes(health), ...metricsRoutes(registry), '/broken': broken };
  server = await serveHttp({ port: 0, host: '127.0.0.1', routes });
});
afterEach(() => server.close());

async function get(path: string, method = 'GET'): Promise<{ status: number; body: string }> {
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
  return { status: answer.status, body: await answer.text() };
}

describe('health', () => {
  test('without checks all is well', async () => {
    expect(await get('/healthz')).toEqual({ status: 200, body: 'ok\n' });
    expect((await get('/readyz?verbose')).status).toBe(200);
  });

  test('one failing check is told by name and does not touch the other probe', async () => {
    health.ready('caches', () => 'apps has not synced');
    health.ready('leader', () => undefined);
    expect(await get('/readyz')).toEqual({
      status: 503,
      body: '[-] caches: apps has not synced\n[+] leader ok\nnot ok\n',
    });
    expect((await get('/healthz')).status).toBe(200);
  });

  test('a check that throws has failed', async () => {
    health.live('loop', () => {
      throw new Error('stuck');
    });
    expect((await get('/healthz')).body).toContain('[-] loop: stuck');
  });
});

test('metrics carry the names that dashboards know', async () => {
  const metrics = createRuntimeMetrics(registry);
  metrics.reconciled('apps', 'success', 20);
  metrics.queue('apps').added();
  metrics.observe({ controller: 'apps', inWork: () => [{ ms: 1000 }, { ms: 3000 }] });
  metrics.leading('op', true);
  const { body } = await get('/metrics');
  for (const line of [
    'controller_runtime_reconcile_total{controller="apps",result="success"} 1',
    'workqueue_adds_total{name="apps",controller="apps"} 1',
    'workqueue_unfinished_work_seconds{name="apps",controller="apps"} 4',
    'workqueue_longest_running_processor_seconds{name="apps",controller="apps"} 3',
    'leader_election_master_status{name="op"} 1',
  ]) {
    expect(body).toContain(line);
  }
});

test.each([
  ['another path', '/nope', 'GET', 404],
  ['another method', '/healthz', 'POST', 405],
  ['a route that throws', '/broken', 'GET', 500],
])('%s is refused and the server goes on', async (_, path, method, status) => {
  expect((await get(path, method)).status).toBe(status);
  expect((await get('/healthz')).status).toBe(200);
});

test('a port that is taken is an error at once', async () => {
  await expect(serveHttp({ port: server.port, host: '127.0.0.1', routes: {} })).rejects.toThrow('EADDRINUSE');
});
