// G21: where the gateway's pod may connect to. The gateway is a part of the API, which needs Postgres, Redis and the Kubernetes API
// server, so "blocked" is held in two ways: what the pod needs nothing of (registry, BuildKit, kubelet, node ports, other
// pods) is closed by its NetworkPolicy, and what it needs is closed to the gateway's own way out, which dials no private
// address. Packets are tried on the cluster (hack/e2e/network-policy.test.ts), where its network enforces policies.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeUpstreams } from '../../api/src/adapters/upstream.ts';
import { type GatewayConfig, gatewayConfigSchema, loadRegistry } from '../../api/src/gateway/registry.ts';
import { SERVICE_TABLE } from '../../api/src/gateway/service-table.ts';
import { SAMPLED_SERVICES } from '../../api/src/sample-upstreams/answers.ts';
import { chartDir, type Manifest, render, template } from './render.ts';

const rule = z.looseObject({
  to: z.array(z.looseObject({})).optional(),
  ports: z.array(z.object({ port: z.number(), protocol: z.string() })),
});
const policySpec = z.looseObject({ policyTypes: z.array(z.string()), egress: z.array(rule) });
const configMap = z.looseObject({ data: z.object({ 'services.json': z.string() }) });

const find = (objects: readonly Manifest[], kind: string, name: string): Manifest => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
};

describe('G21: the NetworkPolicy of the pod with the gateway', () => {
  let egress: z.infer<typeof policySpec>['egress'];
  beforeAll(async () => {
    const policy = find(await render(), 'NetworkPolicy', 'faibric-api');
    const spec = policySpec.parse(policy.spec);
    expect(spec.policyTypes).toContain('Egress');
    egress = spec.egress;
  });

  test('G21: opens DNS, https and the Kubernetes API, Postgres and Redis, and nothing else', () => {
    const ports = egress.flatMap((one) => one.ports.map(({ port }) => port)).sort((a, b) => a - b);
    expect(ports).toEqual([53, 53, 443, 5432, 6379, 6443]);
  });

  test('G21: opens databases and DNS to their own pods only; registry, BuildKit and kubelet not at all', () => {
    for (const { to, ports } of egress) {
      const anywhere = to === undefined;
      for (const { port } of ports)
        if (![443, 6443].includes(port)) expect(anywhere, String(port)).toBe(false);
    }
    const open = new Set(egress.flatMap(({ ports }) => ports.map(({ port }) => port)));
    for (const port of [80, 1234, 5000, 8081, 10_250, 10_255, 30_500, 2379])
      expect(open.has(port)).toBe(false);
  });
});

test.each([
  ['the Kubernetes API server', '10.96.0.1'],
  ['Postgres', '10.244.0.17'],
  ['the registry', '10.96.31.7'],
  ['a node', '172.18.0.2'],
  ['the node itself', '127.0.0.1'],
  ['a node by IPv6', 'fd00:10:244::1'],
])('G21: the gateway’s way out does not dial %s, whatever name leads there', async (_name, address) => {
  const family = address.includes(':') ? 6 : 4;
  const upstreams = makeUpstreams({ resolve: async () => [{ address, family }] });
  const target = { name: 'x', title: 'X', base: new URL('https://upstream.test'), allowPrivate: false };
  const request = { path: '/', query: new URLSearchParams(), headers: {} };
  await expect(upstreams.ask(target, request)).rejects.toMatchObject({ code: 'upstream_forbidden' });
  await upstreams.close();
});

describe('gateway.services', () => {
  const configOf = (objects: readonly Manifest[]): GatewayConfig => {
    const { data } = configMap.parse(find(objects, 'ConfigMap', 'faibric-gateway'));
    return gatewayConfigSchema.parse(JSON.parse(data['services.json']));
  };

  test('sample data moves exactly the services that have samples', async () => {
    const config = configOf(await render(['gateway.sampleData=true']));
    expect(Object.keys(config.services).sort()).toEqual([...SAMPLED_SERVICES].sort());
    for (const service of Object.values(config.services))
      expect(service).toMatchObject({ allowPrivate: true });
    expect(() => loadRegistry(SERVICE_TABLE, config)).not.toThrow();
  });

  test('a whole row adds a service, a part changes one', async () => {
    const own = 'gateway.services.own';
    const objects = await render([
      `${own}.title=Own`,
      `${own}.baseUrl=https://own.example.org`,
      `${own}.defaultAction=get`,
      `${own}.actions.get.description=One`,
      `${own}.actions.get.path=/one`,
      `${own}.actions.get.ttlSeconds=60`,
      'gateway.services.giphy.enabled=false',
    ]);
    const registry = loadRegistry(SERVICE_TABLE, configOf(objects));
    expect([registry.get('own')?.actions.get('get')?.ttlSeconds, registry.has('giphy')]).toEqual([60, false]);
  });

  test.each([
    ['gateway.services.own.colour=red', 'colour'],
    ['gateway.services.Own.title=x', 'Own'],
    ['gateway.services.own.actions.get.ttlSeconds=-1', 'ttlSeconds'],
    ['gateway.services.own.key.in=cookie', 'in'],
  ])('G8: %s is refused by helm', async (setting, words) => {
    const outcome = await template([setting]);
    expect(outcome.ok).toBe(false);
    expect(outcome.stderr).toContain(words);
  });

  test('the example of the documentation is taken by helm', async () => {
    const page = await readFile(join(chartDir, '..', '..', 'docs', 'spec', 'gateway.md'), 'utf8');
    const block = /```yaml\n(# my-values.yaml\n.*?)```/s.exec(page)?.[1] ?? '';
    const folder = await mkdtemp(join(tmpdir(), 'faibric-values-'));
    const file = join(folder, 'my-values.yaml');
    await writeFile(file, block);
    const outcome = await template([], [file]);
    await rm(folder, { recursive: true });
    expect(outcome.ok || outcome.stderr).toBe(true);
    expect(outcome.stdout).toContain('TRAINS_API_KEY');
  });
});
