// Who reaches whom, by packets, where the network enforces policies. Each address that is closed to one is shown to be
// open to another who needs it, so that a service that is down cannot pass for a wall.
import { LABELS } from '@faibric/crds';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { names } from '../settings.ts';
import { applyApp, deleteMadeApps, uniqueName, waitReady } from './lib/apps.ts';
import { APPS, getJson, SYSTEM } from './lib/kubectl.ts';
import { addressOnNode, canConnect, enforcesPolicies, findPod, type Pod } from './lib/pod-network.ts';

const BUILD = 'faibric-build';
const enforced = await enforcesPolicies();
if (!enforced)
  console.log('skipped: the network of this cluster enforces no NetworkPolicy (an older local node).');

const component = (name: string): string => `app.kubernetes.io/component=${name}`;
const addressed = z.object({ spec: z.object({ clusterIP: z.string() }) });
const node = z.object({
  items: z.array(
    z.object({
      status: z.object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })) }),
    }),
  ),
});

const pods: Record<string, Pod> = {};
const addresses: Record<string, string> = {};

async function serviceAddress(namespace: string, name: string): Promise<string> {
  return addressed.parse(await getJson(['service', name, '-n', namespace])).spec.clusterIP;
}

beforeAll(async () => {
  if (!enforced) return;
  const [one, two] = [uniqueName('walled'), uniqueName('neighbour')];
  for (const name of [one, two])
    await applyApp(name, { prompt: 'A list of books with title', engine: 'builtin' });
  for (const name of [one, two]) await waitReady(name);
  pods.app = await findPod(APPS, `${LABELS.app}=${one}`);
  pods.neighbour = await findPod(APPS, `${LABELS.app}=${two}`);
  for (const name of ['api', 'operator', 'traefik', 'postgres', 'redis']) {
    pods[name] = await findPod(SYSTEM, component(name));
    addresses[name] = pods[name].ip;
  }
  pods.buildkit = await findPod(BUILD, component('buildkit'));
  addresses.buildkit = pods.buildkit.ip;
  // On the local cluster the registry is a container beside the node.
  addresses.registry = await addressOnNode(names.registry);
  addresses.neighbour = pods.neighbour.ip;
  addresses.app = pods.app.ip;
  addresses.kubernetes = await serviceAddress('default', 'kubernetes');
  addresses.dns = await serviceAddress('kube-system', 'kube-dns');
  addresses['api by its service'] = await serviceAddress(SYSTEM, 'faibric-api');
  const [first] = node.parse(await getJson(['nodes'])).items;
  addresses.node = first?.status.addresses.find(({ type }) => type === 'InternalIP')?.address ?? '';
});

afterAll(deleteMadeApps);

type Row = readonly [from: string, to: string, port: number];

const closed: readonly Row[] = [
  ['app', 'kubernetes', 443],
  ['app', 'node', 6443],
  ['app', 'node', 10250],
  ['app', 'dns', 53],
  ['app', 'postgres', 5432],
  ['app', 'redis', 6379],
  ['app', 'registry', 5000],
  ['app', 'buildkit', 1234],
  ['app', 'traefik', 8000],
  ['app', 'operator', 8081],
  ['app', 'neighbour', 8080],
];

const open: readonly Row[] = [
  ['api', 'kubernetes', 443],
  ['api', 'dns', 53],
  ['api', 'postgres', 5432],
  ['api', 'redis', 6379],
  ['buildkit', 'registry', 5000],
  ['operator', 'buildkit', 1234],
  ['operator', 'traefik', 8000],
  ['operator', 'node', 6443],
  ['operator', 'node', 10250],
  ['traefik', 'neighbour', 8080],
  ['traefik', 'api', 8080],
  ['traefik', 'app', 8080],
];

const connects = ([from, to, port]: Row): Promise<boolean> => canConnect(pods[from]!, addresses[to]!, port);

describe.skipIf(!enforced)('packets', () => {
  test.each(open)('%s reaches %s at port %i', async (...row) => {
    expect(await connects(row)).toBe(true);
  });

  test.each(closed)('C15: an %s’s pod does not reach %s at port %i', async (...row) => {
    expect(await connects(row)).toBe(false);
  });

  test.each([
    ['app', 'api', 8080],
    ['app', 'api by its service', 80],
    ['neighbour', 'api', 8080],
  ] as const)('B3: %s does not reach %s at port %i: there is no route past the proxy', async (...row) => {
    expect(await connects(row)).toBe(false);
  });

  // The gateway is part of the API, which needs Postgres and the API server; that no upstream of the gateway is one of
  // them is held by the check of the dialled address (G5). What the API does not need is closed to it by packets.
  test.each([
    ['api', 'registry', 5000],
    ['api', 'node', 10250],
    ['api', 'buildkit', 1234],
    ['api', 'operator', 8081],
    ['api', 'neighbour', 8080],
  ] as const)('G21: the pod of the gateway, %s, does not reach %s at port %i', async (...row) => {
    expect(await connects(row)).toBe(false);
  });
});
