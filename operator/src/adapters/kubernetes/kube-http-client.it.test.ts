// The client against a real API server: every verb, every refusal, and that connections are shared.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CoreV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiServer, startApiServer } from '../../../test/api-server.ts';
import { aClient, aNamespace, kinds } from '../../../test/kube.ts';
import type { KubeObject } from '../../runtime/kube-client.ts';
import type { KubeFailure } from '../../runtime/kube-error.ts';
import { createKubeClient } from './kube-http-client.ts';
import { loadKubeConfig, PooledKubeConfig } from './pooled-client.ts';

interface ConfigMap extends KubeObject {
  data?: Record<string, string>;
}

let server: ApiServer;
let client: ReturnType<typeof aClient>;
let namespace: string;

beforeAll(async () => {
  server = await startApiServer();
  client = aClient(server.kubeconfig);
  namespace = await aNamespace(client);
});
afterAll(async () => {
  await client?.close();
  await server?.stop();
});

function aConfigMap(name: string, data: Record<string, string> = {}): ConfigMap {
  return { metadata: { name, namespace }, data };
}

describe('reading', () => {
  test('what does not exist is undefined', async () => {
    expect(await client.get(kinds.configMap, { namespace, name: 'none' })).toBeUndefined();
  });

  test('a list comes in pages with kind and version on every item', async () => {
    for (let i = 0; i < 5; i += 1) await client.create(kinds.configMap, aConfigMap(`page-${i}`));
    const first = await client.list(kinds.configMap, { namespace, limit: 2 });
    expect(first.items).toHaveLength(2);
    expect(first.continueToken).toBeTruthy();
    expect(first.items[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    const rest = await client.list(kinds.configMap, { namespace, continueToken: first.continueToken });
    expect(rest.items.length).toBeGreaterThanOrEqual(3);
    expect(rest.continueToken).toBeUndefined();
  });

  test('a watch tells what happens after its version and ends at its time-out', async () => {
    const { resourceVersion } = await client.list(kinds.configMap, { namespace });
    const events: string[] = [];
    const watching = (async () => {
      const options = { namespace, resourceVersion, timeoutSeconds: 1, signal: new AbortController().signal };
      for await (const event of client.watch<ConfigMap>(kinds.configMap, options)) {
        if (event.type === 'bookmark') events.push('bookmark');
        else events.push(`${event.type} ${event.object.data?.v ?? ''}`);
      }
    })();
    const created = await client.create(kinds.configMap, aConfigMap('watched', { v: '1' }));
    await client.replace(kinds.configMap, { ...created, data: { v: '2' } });
    await client.delete(kinds.configMap, { namespace, name: 'watched' });
    await watching;
    expect(events[0]).toBe('bookmark');
    expect(events.filter((event) => event !== 'bookmark')).toEqual(['added 1', 'modified 2', 'deleted 2']);
  });
});

describe('writing', () => {
  test('apply creates, changes only its own fields, and forces its way', async () => {
    await client.apply(kinds.configMap, aConfigMap('applied', { ours: '1', shared: 'ours' }), {
      fieldManager: 'one',
    });
    await client.apply(kinds.configMap, aConfigMap('applied', { theirs: '1', shared: 'theirs' }), {
      fieldManager: 'two',
    });
    const again = await client.apply(kinds.configMap, aConfigMap('applied', { ours: '2' }), {
      fieldManager: 'one',
    });
    expect(again.data).toEqual({ ours: '2', theirs: '1', shared: 'theirs' });
  });

  test('an apply without force meets a conflict', async () => {
    await client.apply(kinds.configMap, aConfigMap('owned', { a: '1' }), { fieldManager: 'one' });
    const taking = client.apply(kinds.configMap, aConfigMap('owned', { a: '2' }), {
      fieldManager: 'two',
      force: false,
    });
    await expect(taking).rejects.toMatchObject({ failure: { kind: 'conflict' } });
  });

  test('an unchanged apply does not bump the version', async () => {
    const one = await client.apply(kinds.configMap, aConfigMap('same', { a: '1' }));
    const two = await client.apply(kinds.configMap, aConfigMap('same', { a: '1' }));
    expect(two.metadata.resourceVersion).toBe(one.metadata.resourceVersion);
  });

  test('merge and JSON patches are sent as what they are', async () => {
    await client.create(kinds.configMap, aConfigMap('patched', { a: '1', b: '1' }));
    const ref = { namespace, name: 'patched' };
    const merge = { type: 'merge' as const, body: { data: { a: null, c: '1' } } };
    expect((await client.patch<ConfigMap>(kinds.configMap, { ...ref, patch: merge })).data).toEqual({
      b: '1',
      c: '1',
    });
    const json = { type: 'json' as const, body: [{ op: 'replace', path: '/data/b', value: '2' }] };
    expect((await client.patch<ConfigMap>(kinds.configMap, { ...ref, patch: json })).data).toEqual({
      b: '2',
      c: '1',
    });
  });

  test('a dry run writes nothing', async () => {
    await client.create(kinds.configMap, aConfigMap('dry'), { dryRun: true });
    expect(await client.get(kinds.configMap, { namespace, name: 'dry' })).toBeUndefined();
  });

  test('a replace of an old version meets a conflict', async () => {
    const created = await client.create(kinds.configMap, aConfigMap('raced', { v: '1' }));
    await client.replace(kinds.configMap, { ...created, data: { v: '2' } });
    await expect(client.replace(kinds.configMap, { ...created, data: { v: '3' } })).rejects.toMatchObject({
      failure: { kind: 'conflict' },
    });
  });

  test('a delete spares a namesake', async () => {
    const first = await client.create(kinds.configMap, aConfigMap('twice'));
    const ref = { namespace, name: 'twice' };
    expect(await client.delete(kinds.configMap, ref, { uid: first.metadata.uid })).toBe('deleted');
    await client.create(kinds.configMap, aConfigMap('twice'));
    expect(await client.delete(kinds.configMap, ref, { uid: first.metadata.uid })).toBe('replaced');
    expect(await client.get(kinds.configMap, ref)).toBeDefined();
    expect(await client.delete(kinds.configMap, ref)).toBe('deleted');
    expect(await client.delete(kinds.configMap, ref)).toBe('gone');
  });
});

describe('refusals', () => {
  test.each<[string, KubeFailure['kind'], () => Promise<unknown>]>([
    [
      'a name that is taken',
      'alreadyExists',
      () => client.create(kinds.namespace, { metadata: { name: namespace } }),
    ],
    ['a name that is none', 'invalid', () => client.create(kinds.configMap, aConfigMap('NO'))],
    [
      'a namespace that is none',
      'notFound',
      () => client.create(kinds.configMap, { metadata: { name: 'a', namespace: 'none' } }),
    ],
    ['a type that is none', 'notFound', () => client.list({ ...kinds.configMap, plural: 'nonsense' })],
  ])('%s is %s', async (_, kind, call) => {
    await expect(call()).rejects.toMatchObject({ failure: { kind } });
  });

  test('an unknown token is forbidden', async () => {
    const config = loadKubeConfig({ file: server.kubeconfig });
    const user = config.getCurrentUser();
    config.loadFromClusterAndUser(config.getCurrentCluster() as never, {
      ...user,
      name: 'x',
      token: 'wrong',
    });
    const stranger = createKubeClient(config, { fieldManager: 'x' });
    await expect(stranger.list(kinds.namespace)).rejects.toMatchObject({ failure: { kind: 'forbidden' } });
    await stranger.close();
  });

  test('nobody there is unavailable; an abort is an abort', async () => {
    const config = new PooledKubeConfig();
    config.loadFromClusterAndUser(
      { name: 'c', server: 'http://127.0.0.1:1', skipTLSVerify: true },
      { name: 'u' },
    );
    const nobody = createKubeClient(config, { fieldManager: 'x' });
    await expect(nobody.list(kinds.namespace)).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
    const aborted = client.get(kinds.namespace, { name: 'default' }, AbortSignal.abort());
    await expect(aborted).rejects.toMatchObject({ failure: { kind: 'aborted' } });
    await nobody.close();
  });

  test('a server that takes the request and says nothing is unavailable after the time-out', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const config = new PooledKubeConfig();
    config.loadFromClusterAndUser(
      { name: 'c', server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
      { name: 'u' },
    );
    const waiting = createKubeClient(config, { fieldManager: 'x', requestTimeoutMs: 200 });
    await expect(waiting.list(kinds.namespace)).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
    await waiting.close();
    silent.close();
  });
});

describe('credentials', () => {
  test("a pod's own account: certificate and token come from files", async () => {
    const root = await mkdtemp(join(tmpdir(), 'faibric-account-'));
    const folder = join(root, 'var/run/secrets/kubernetes.io/serviceaccount');
    await mkdir(folder, { recursive: true });
    await copyFile(server.caFile, join(folder, 'ca.crt'));
    await writeFile(join(folder, 'token'), server.token);
    const { hostname, port } = new URL(server.url);
    vi.stubEnv('KUBERNETES_SERVICE_HOST', hostname);
    vi.stubEnv('KUBERNETES_SERVICE_PORT', port);
    const config = new PooledKubeConfig();
    config.loadFromCluster(root);
    vi.unstubAllEnvs();
    const pod = createKubeClient(config, { fieldManager: 'x' });
    expect(await pod.get(kinds.namespace, { name: namespace })).toBeDefined();
    await pod.close();
    await rm(root, { recursive: true });
  });

  test('a server whose certificate nobody vouches for is not talked to', async () => {
    const config = new PooledKubeConfig();
    config.loadFromClusterAndUser(
      { name: 'c', server: server.url, skipTLSVerify: false },
      { name: 'u', token: server.token },
    );
    const stranger = createKubeClient(config, { fieldManager: 'x' });
    await expect(stranger.list(kinds.namespace)).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
    await stranger.close();
  });

  test('a context that does not exist is named', () => {
    expect(() => loadKubeConfig({ file: server.kubeconfig, context: 'nope' })).toThrow('no context "nope"');
  });
});

test('five hundred calls, eight at a time, share at most four connections', async () => {
  const caller = aClient(server.kubeconfig);
  const before = socketsTo(server.url);
  let left = 500;
  const call = async (): Promise<void> => {
    while (left-- > 0) await caller.get(kinds.namespace, { name: 'default' });
  };
  await Promise.all(Array.from({ length: 8 }, call));
  expect(socketsTo(server.url) - before).toBeLessThanOrEqual(4);
  await caller.close();
});

test("client-node's own typed calls share the connections too", async () => {
  const config = loadKubeConfig({ file: server.kubeconfig });
  const core = config.makeApiClient(CoreV1Api);
  const before = socketsTo(server.url);
  for (let i = 0; i < 50; i += 1) await core.readNamespace({ name: 'default' });
  expect(socketsTo(server.url) - before).toBeLessThanOrEqual(4);
  await config.closeConnections();
});

/** Connections of this process to the server, from Node's own list of what is open. */
function socketsTo(url: string): number {
  const port = Number(new URL(url).port);
  const report = process.report.getReport() as {
    libuv?: Array<{ type: string; remoteEndpoint?: { port?: number } }>;
  };
  return (report.libuv ?? []).filter(
    (handle) => handle.type === 'tcp' && handle.remoteEndpoint?.port === port,
  ).length;
}
