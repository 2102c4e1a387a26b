// Creating, deleting and status, against the real API server.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '../../test/api-server.ts';
import { aClient, aNamespace, installCrd, kinds } from '../../test/kube.ts';
import { ensureCreated, ensureDeleted, ensureStatusApplied } from './apply.ts';
import type { KubeObject, ResourceType } from './kube-client.ts';

const _appliedAnnotation = 'test.dev/applied';
let server: ApiServer;
let client: ReturnType<typeof aClient>;
let namespace: string;

beforeAll(async () => {
  server = await startApiServer();
  client = aClient(server.kubeconfig, 'operator');
  namespace = await aNamespace(client);
});
afterAll(async () => {
  await client?.close();
  await server?.stop();
});

describe('creating and deleting', () => {
  test('a name that is taken gives what is there', async () => {
    const object: KubeObject = { metadata: { name: 'once', namespace } };
    const first = await ensureCreated(client, kinds.configMap, object);
    const second = await ensureCreated(client, kinds.configMap, object);
    expect([first.created, second.created]).toEqual([true, false]);
    expect(second.object.metadata.uid).toBe(first.object.metadata.uid);
  });

  test('only the object that was observed is deleted', async () => {
    const { object: first } = await ensureCreated(client, kinds.configMap, {
      metadata: { name: 'gone', namespace },
    });
    expect(await ensureDeleted(client, kinds.configMap, first)).toBe('deleted');
    await ensureCreated(client, kinds.configMap, { metadata: { name: 'gone', namespace } });
    expect(await ensureDeleted(client, kinds.configMap, first)).toBe('replaced');
  });
});

describe('status', () => {
  const widgets: ResourceType = { group: 'test.dev', version: 'v1', kind: 'Widget', plural: 'widgets' };
  type Widget = KubeObject & { spec?: unknown; status?: Record<string, unknown> };

  beforeAll(async () => {
    const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    const conditions = {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: {
        type: 'object',
        required: ['type'],
        properties: { type: { type: 'string' }, status: { type: 'string' } },
      },
    };
    const schema = {
      openAPIV3Schema: {
        type: 'object',
        properties: { spec: open, status: { ...open, properties: { conditions } } },
      },
    };
    const version = { name: 'v1', served: true, storage: true, schema, subresources: { status: {} } };
    const names = { kind: 'Widget', plural: 'widgets', singular: 'widget' };
    const spec = { group: 'test.dev', scope: 'Namespaced', names, versions: [version] };
    await installCrd(client, { metadata: { name: 'widgets.test.dev' }, spec } as KubeObject);
  });

  const conditions = (...ready: string[]) => ready.map((status, i) => ({ type: `C${i}`, status }));

  test('is applied without touching the spec, and only when it differs', async () => {
    const metadata = { name: 'w', namespace };
    const created = await client.create<Widget>(widgets, { metadata, spec: { a: 1 } });
    const desired: Widget = { metadata, status: { phase: 'Up', conditions: conditions('True', 'False') } };
    const first = await ensureStatusApplied(client, { type: widgets, desired, observed: created });
    expect(first.written).toBe(true);
    expect(first.object).toMatchObject({ spec: { a: 1 }, status: { phase: 'Up' } });
    expect(first.object.metadata.generation).toBe(1);
    expect(
      (await ensureStatusApplied(client, { type: widgets, desired, observed: first.object })).written,
    ).toBe(false);
  });

  test('a member that is no longer wanted goes, also from a condition', async () => {
    const metadata = { name: 'w2', namespace };
    const created = await client.create<Widget>(widgets, { metadata, spec: {} });
    const full: Widget = {
      metadata,
      status: { phase: 'Up', note: 'x', conditions: conditions('True', 'True') },
    };
    const one = await ensureStatusApplied(client, { type: widgets, desired: full, observed: created });
    const less: Widget = { metadata, status: { phase: 'Up', conditions: conditions('True') } };
    const two = await ensureStatusApplied(client, { type: widgets, desired: less, observed: one.object });
    expect(two.written).toBe(true);
    expect(two.object.status).toEqual({ phase: 'Up', conditions: conditions('True') });
  });
});
