// What must hold of the chart whatever the values: restricted pods, secrets in Secrets only, least rights, every
// switch renders, and no unknown value is taken. Needs helm and nothing else.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { podsOf, restrictedViolations } from './pods.ts';
import { chartDir, lint, type Manifest, named, render, template } from './render.ts';

const switches: Record<string, readonly string[]> = {
  'default values': [],
  'sample data': ['gateway.sampleData=true'],
  'a Traefik of the cluster': ['traefik.enabled=false', 'externalTraefik.address=http://traefik.traefik'],
  'a registry elsewhere': ['registry.enabled=false', 'externalRegistry.pushPrefix=registry.example.com/apps'],
  'BuildKit elsewhere': ['buildkit.enabled=false', 'externalBuildkit.address=tcp://buildkitd.build:1234'],
  'Postgres elsewhere': [
    'postgres.enabled=false',
    'postgres.existingSecret=pg',
    'externalPostgres.host=pg.example.com',
  ],
  'Redis elsewhere': ['redis.enabled=false', 'redis.existingSecret=redis'],
  'secrets of the user': [
    'proxy.existingSecret=a',
    'postgres.existingSecret=b',
    'redis.existingSecret=c',
    'visitors.existingSecret=d',
  ],
  'accounts with open sign-up': ['auth.mode=accounts', 'auth.signUp=open', 'publicScheme=https'],
  'accounts with an OpenID provider': [
    'auth.mode=accounts',
    'auth.signUp=closed',
    'auth.setup.existingSecret=s',
    'auth.oidc.issuer=https://login.example.com',
    'auth.oidc.clientId=faibric',
    'auth.oidc.secretName=oidc',
  ],
  'everything optional on': [
    'operator.podDisruptionBudget.enabled=true',
    'api.podDisruptionBudget.enabled=true',
    'buildkit.persistence.enabled=true',
    'gateway.sampleData=true',
    'traefik.service.type=LoadBalancer',
    'imagePullSecrets[0].name=pull',
    'operator.priorityClassName=high',
    'networkPolicy.metricsFrom[0].namespaceSelector.matchLabels.name=monitoring',
  ],
  'everything optional off': [
    'networkPolicy.enabled=false',
    'rbac.aggregate=false',
    'apps.quota.enabled=false',
    'apps.limits.enabled=false',
    'apps.create=false',
    'buildkit.createNamespace=false',
    'crds.enabled=false',
    'traefik.crds.enabled=false',
    'registry.persistence.enabled=false',
  ],
};
const cases = Object.entries(switches);

const kindSettings = ['gateway.sampleData=true'];
let kind: Manifest[];
beforeAll(async () => {
  kind = await render(kindSettings, ['values-kind.yaml']);
});

test.each([[[]], [['values-kind.yaml']]])('lints strictly with %j', async (files) => {
  const outcome = await lint(...files);
  expect(outcome.ok, outcome.stdout + outcome.stderr).toBe(true);
  expect(outcome.stdout).not.toContain('[WARNING]');
});

describe.each(cases)('with %s', (_name, settings) => {
  let objects: Manifest[];
  beforeAll(async () => {
    objects = await render(settings);
  });

  test('every pod but BuildKit meets the restricted standard', () => {
    const violations = podsOf(objects)
      .filter((pod) => pod.owner !== 'faibric-buildkit')
      .flatMap((pod) => restrictedViolations(pod).map((problem) => `${pod.owner}: ${problem}`));
    expect(violations).toEqual([]);
  });

  test('the privileged pod shares its namespace with nothing', () => {
    const neighbours = podsOf(objects).filter((pod) => pod.namespace === 'faibric-build');
    expect(neighbours.map((pod) => pod.owner).filter((owner) => owner !== 'faibric-buildkit')).toEqual([]);
  });

  test('only those that talk to the API server get a token, and nobody gets service links', () => {
    const pods = podsOf(objects);
    const withToken = pods
      .filter((pod) => pod.spec.automountServiceAccountToken !== false)
      .map((pod) => pod.owner);
    const entitled = ['faibric-api', 'faibric-operator', 'faibric-test', 'faibric-traefik'];
    expect(withToken.filter((owner) => !entitled.includes(owner))).toEqual([]);
    expect(pods.filter((pod) => pod.spec.enableServiceLinks !== false).map((pod) => pod.owner)).toEqual([]);
  });

  test('every container is bounded in memory, asks for something, and is probed', () => {
    for (const pod of podsOf(objects)) {
      for (const container of pod.spec.containers) {
        expect(container.resources.limits.memory, `${pod.owner} memory limit`).toBeDefined();
        expect(container.resources.requests.cpu, `${pod.owner} cpu request`).toBeDefined();
        if (pod.owner === 'faibric-test') continue;
        expect(container.livenessProbe, `${pod.owner} liveness`).toBeDefined();
        expect(container.readinessProbe, `${pod.owner} readiness`).toBeDefined();
      }
    }
  });

  test('a generated secret is in Secrets and nowhere else', () => {
    const secrets = objects.filter((object) => object.kind === 'Secret').flatMap(secretValues);
    // The Middleware for a Traefik that is not ours must carry the value: values.yaml says so.
    const others = objects.filter(
      (object) => object.kind !== 'Secret' && object.metadata.name !== 'faibric-proxy',
    );
    const rest = JSON.stringify(others);
    expect(secrets.filter((value) => rest.includes(value))).toEqual([]);
  });

  test('every object says whose it is, and every namespaced one says where', () => {
    const clusterWide = ['Namespace', 'ClusterRole', 'CustomResourceDefinition'];
    for (const object of objects) {
      const id = `${object.kind}/${object.metadata.name}`;
      expect(object.metadata.labels['app.kubernetes.io/part-of'], id).toBe('faibric');
      expect(object.metadata.namespace === undefined, id).toBe(clusterWide.includes(object.kind));
    }
  });

  test('every Service finds the port it names in exactly one workload', () => {
    for (const object of objects.filter(({ kind: kindName }) => kindName === 'Service')) {
      const { selector, ports } = serviceSpec.parse(object.spec);
      const chosen = podsOf(objects).filter(
        (pod) =>
          pod.namespace === object.metadata.namespace &&
          Object.entries(selector).every(([key, value]) => pod.labels[key] === value),
      );
      expect(chosen.map((pod) => pod.owner)).toEqual([object.metadata.name]);
      const names = chosen.flatMap((pod) =>
        pod.spec.containers.flatMap(({ ports: open }) => open.map((port) => port.name)),
      );
      for (const port of ports) expect(names).toContain(port.targetPort);
    }
  });
});

const serviceSpec = z.looseObject({
  selector: z.record(z.string(), z.string()),
  ports: z.array(z.looseObject({ targetPort: z.string() })),
});

const secretValues = (secret: Manifest): string[] => {
  const plain = z.record(z.string(), z.string()).default({}).parse(secret.stringData);
  const encoded = z.record(z.string(), z.string()).default({}).parse(secret.data);
  const decoded = Object.values(encoded).flatMap((value) => [value, Buffer.from(value, 'base64').toString()]);
  return [...Object.values(plain), ...decoded].filter((value) => value.length >= 16);
};

describe('values', () => {
  const whole = async (): Promise<Record<string, unknown>> =>
    z.record(z.string(), z.unknown()).parse(parse(await readFile(join(chartDir, 'values.yaml'), 'utf8')));
  // Maps that are the user's own: any key may stand there.
  const free =
    /nodeSelector|affinity|hard$|annotations|resources|defaultRequest|default$|max$|services$|prices$/;

  const sections = (value: unknown, path = ''): string[] => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    const inner = Object.entries(value).flatMap(([key, one]) =>
      sections(one, path === '' ? key : `${path}.${key}`),
    );
    return free.test(path) ? [] : [path, ...inner];
  };

  test('an unknown key is refused wherever it stands', async () => {
    for (const path of sections(await whole())) {
      const outcome = await template([`${path === '' ? '' : `${path}.`}surprise=1`]);
      expect(outcome.ok, `taken at ${path || 'the top'}`).toBe(false);
      expect(outcome.stderr).toContain('surprise');
    }
  });

  test.each([
    ['domain=Not_A_Domain', '/domain'],
    ['publicPort=0', '/publicPort'],
    ['auth.single.owner=Me!', '/auth/single/owner'],
    ['auth.mode=none', '/auth/mode'],
    ['auth.signUp=maybe', '/auth/signUp'],
    ['images.api=no-tag', '/images/api'],
    ['traefik.service.nodePort=80', '/traefik/service/nodePort'],
    ['buildkit.cacheSize=lots', '/buildkit/cacheSize'],
    ['apps.namespace=faibric-system', 'apps.namespace must differ'],
    ['buildkit.namespace=faibric-system', 'buildkit.namespace must differ'],
    ['registry.enabled=false', 'set externalRegistry.pushPrefix'],
    ['traefik.enabled=false', 'set externalTraefik.address'],
    ['buildkit.enabled=false', 'set externalBuildkit.address'],
    ['postgres.enabled=false', 'set postgres.existingSecret'],
    ['redis.enabled=false', 'set redis.existingSecret'],
  ])('%s is refused, and the message says where', async (setting, words) => {
    const outcome = await template([setting]);
    expect(outcome.ok).toBe(false);
    expect(outcome.stderr).toContain(words);
  });

  test.each([
    ['postgres', ['postgres.enabled=false', 'postgres.existingSecret=pg', 'externalPostgres.host=pg']],
    ['redis', ['redis.enabled=false', 'redis.existingSecret=r']],
    ['registry', ['registry.enabled=false', 'externalRegistry.pushPrefix=r.example.com/apps']],
    ['buildkit', ['buildkit.enabled=false', 'externalBuildkit.address=tcp://b:1234']],
  ])('%s switched off leaves no object of its own', async (part, settings) => {
    const objects = await render(settings);
    expect(objects.map((object) => object.metadata.name).filter((name) => name.includes(part))).toEqual([]);
  });
});

test('Traefik believes no proxy in front of it: the address that limits go by is the peer that it saw', () => {
  const traefik = podsOf(kind).find((pod) => pod.owner === 'faibric-traefik');
  expect(JSON.stringify(traefik?.spec)).toContain('--entrypoints.web.address');
  expect(JSON.stringify(traefik?.spec)).not.toMatch(/forwardedheaders|proxyprotocol/i);
});

test('the secret of visitors is its own, stays on uninstall, and only the API has it', () => {
  const secret = named(kind, 'Secret', 'faibric-visitors');
  expect(secret.metadata.annotations['helm.sh/resource-policy']).toBe('keep');
  expect(secretValues(secret)).not.toEqual(secretValues(named(kind, 'Secret', 'faibric-proxy')));
  const holders = podsOf(kind).filter((pod) => JSON.stringify(pod.spec).includes('faibric-visitors'));
  expect(holders.map((pod) => pod.owner)).toEqual(['faibric-api']);
});

test('the definitions in the chart are those generated from the schemas', async () => {
  for (const name of ['faibricapps', 'faibricrevisions']) {
    const source = await readFile(join(chartDir, '..', '..', 'crds', `${name}.yaml`), 'utf8');
    const { spec } = z.looseObject({ spec: z.unknown() }).parse(parse(source));
    const rendered = named(kind, 'CustomResourceDefinition', `${name}.faibric.dev`);
    expect(rendered.spec).toEqual(spec);
    expect(rendered.metadata.annotations['helm.sh/resource-policy']).toBe('keep');
  }
});

test('Traefik finds all ten resource kinds that it watches', () => {
  const names = kind.map((object) => object.metadata.name).filter((name) => name.endsWith('.traefik.io'));
  expect(names).toHaveLength(10);
});
