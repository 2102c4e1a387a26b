// What the reflector's tests share: a server that misbehaves, the real client, a clock in hand. Importing it sets all
// of that up anew for each test; the exported variables are live bindings.
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { type ClosableKubeClient, createKubeClient } from '../src/adapters/kubernetes/kube-http-client.ts';
import { PooledKubeConfig } from '../src/adapters/kubernetes/pooled-client.ts';
import type { KubeObject } from '../src/runtime/kube-client.ts';
import { createRuntimeMetrics } from '../src/runtime/metrics.ts';
import { createReflector, type Reflector, type ReflectorOptions } from '../src/runtime/reflector.ts';
import { type FakeApiServer, fakeType, startFakeApiServer } from './fake-api-server.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

export interface ConfigMap extends KubeObject {
  data: Record<string, string>;
}

export let server: FakeApiServer;
export let client: ClosableKubeClient;
export let clock: FakeClock;
export let abort: AbortController;
export let registry: Registry;
export let changes: string[];
export let running: Promise<void> | undefined;

beforeEach(async () => {
  server = await startFakeApiServer();
  const config = new PooledKubeConfig();
  config.loadFromClusterAndUser({ name: 'c', server: server.url, skipTLSVerify: true }, { name: 'u' });
  client = createKubeClient(config, { fieldManager: 'test' });
  clock = createFakeClock();
  abort = new AbortController();
  registry = new Registry();
  changes = [];
});

afterEach(async () => {
  abort.abort();
  await clock.advance(60_000);
  await running;
  await client.close();
  await server.close();
});

export function aReflector(options: Partial<ReflectorOptions<ConfigMap>> = {}): Reflector<ConfigMap> {
  const reflector = createReflector<ConfigMap>({
    client,
    type: fakeType,
    namespace: 'ns',
    clock,
    random: () => 0.5,
    metrics: createRuntimeMetrics(registry),
    ...options,
  });
  reflector.onChange(({ type, object, initial, tombstone }) => {
    const marks = `${initial ? ' initial' : ''}${tombstone ? ' tombstone' : ''}`;
    changes.push(`${type} ${object.metadata.name} ${object.data.v ?? ''}${marks}`);
  });
  running = reflector.start(abort.signal);
  return reflector;
}

export async function following(
  options: Partial<ReflectorOptions<ConfigMap>> = {},
): Promise<Reflector<ConfigMap>> {
  const reflector = aReflector(options);
  await vi.waitFor(() => expect(server.open.size).toBe(1));
  return reflector;
}

export async function equalToServer(
  reflector: Reflector<ConfigMap>,
  expected: Record<string, string>,
): Promise<void> {
  await vi.waitFor(() => {
    const cached = reflector.store.list().map(({ metadata, data }) => [metadata.name, data.v]);
    expect(Object.fromEntries(cached)).toEqual(expected);
  });
}

export function theWatch(): ReturnType<FakeApiServer['open']['values']> extends Iterator<infer W>
  ? W
  : never {
  const [watch] = server.open;
  if (watch === undefined) throw new Error('no watch is open');
  return watch;
}
