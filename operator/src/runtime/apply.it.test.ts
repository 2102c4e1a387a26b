// Writing only what differs, against the real API server's defaulting and field ownership (claim F17).
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiServer, startApiServer } from '../../test/api-server.ts';
import { aClient, aNamespace, kinds } from '../../test/kube.ts';
import { ensureApplied, needsApply } from './apply.ts';
import type { KubeObject, ResourceType } from './kube-client.ts';
import { createReflector } from './reflector.ts';

const appliedAnnotation = 'test.dev/applied';
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

interface Spec extends KubeObject {
  spec: Record<string, unknown>;
}

function aDeployment(name: string): Spec {
  const labels = { app: name };
  const container = {
    name: 'web',
    image: 'example.test/web@sha256:1',
    ports: [{ containerPort: 8080, name: 'http' }],
    env: [{ name: 'A', value: '1' }],
    readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 1 },
    resources: { requests: { cpu: '5m', memory: '16Mi' }, limits: { memory: '64Mi' } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
  return {
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          containers: [container],
          volumes: [{ name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } }],
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        },
      },
    },
  };
}

function aService(name: string): Spec {
  return {
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
}

function aNetworkPolicy(name: string): Spec {
  return {
    metadata: { name, namespace },
    spec: {
      podSelector: { matchLabels: { app: name } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { a: 'b' } } }], ports: [{ port: 8080 }] }],
      egress: [],
    },
  };
}

const children: Array<[string, ResourceType, (name: string) => Spec]> = [
  ['Deployment', kinds.deployment, aDeployment],
  ['Service', kinds.service, aService],
  ['NetworkPolicy', kinds.networkPolicy, aNetworkPolicy],
];

async function applied(type: ResourceType, desired: Spec): Promise<Spec> {
  const observed = await client.get<Spec>(type, desired.metadata);
  return (await ensureApplied(client, { type, desired, observed, appliedAnnotation })).object;
}

describe.each(children)('a %s', (kind, type, make) => {
  const name = `child-${kind.toLowerCase()}`;

  test('is written once and then left alone, whatever was defaulted', async () => {
    const first = await applied(type, make(name));
    const observed = await client.get<Spec>(type, first.metadata);
    expect(needsApply(make(name), observed, appliedAnnotation)).toBe(false);
    const again = await ensureApplied(client, { type, desired: make(name), observed, appliedAnnotation });
    expect(again.written).toBe(false);
  });

  test('is mended when a label of ours is taken away', async () => {
    const desired = make(name);
    desired.metadata.labels = { ...desired.metadata.labels, ours: 'yes' };
    await applied(type, desired);
    const patch = { type: 'json' as const, body: [{ op: 'remove', path: '/metadata/labels/ours' }] };
    await client.patch(type, { ...desired.metadata, patch }, { fieldManager: 'kubectl-edit' });
    expect((await applied(type, desired)).metadata.labels?.ours).toBe('yes');
  });

  test('loses a field that we no longer want', async () => {
    const desired = make(name);
    await applied(type, {
      ...desired,
      metadata: { ...desired.metadata, labels: { ...desired.metadata.labels, old: 'x' } },
    });
    const after = await applied(type, desired);
    expect(after.metadata.labels?.old).toBeUndefined();
  });
});

describe('drift by hand', () => {
  test.each<[string, ResourceType, (name: string) => Spec, unknown[]]>([
    [
      'another image',
      kinds.deployment,
      aDeployment,
      [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'evil' }],
    ],
    [
      'scaled to nothing',
      kinds.deployment,
      aDeployment,
      [{ op: 'replace', path: '/spec/replicas', value: 0 }],
    ],
    [
      'a container more',
      kinds.deployment,
      aDeployment,
      [{ op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'evil', image: 'evil' } }],
    ],
    [
      'a variable more',
      kinds.deployment,
      aDeployment,
      [{ op: 'add', path: '/spec/template/spec/containers/0/env/-', value: { name: 'EVIL', value: '1' } }],
    ],
    [
      'a security context taken away',
      kinds.deployment,
      aDeployment,
      [{ op: 'remove', path: '/spec/template/spec/containers/0/securityContext' }],
    ],
    ['another selector', kinds.service, aService, [{ op: 'add', path: '/spec/selector/evil', value: 'yes' }]],
    [
      'a port more',
      kinds.service,
      aService,
      [{ op: 'add', path: '/spec/ports/-', value: { name: 'evil', port: 81, protocol: 'TCP' } }],
    ],
    [
      'egress for all',
      kinds.networkPolicy,
      aNetworkPolicy,
      [{ op: 'add', path: '/spec/egress', value: [{}] }],
    ],
    [
      'ingress from all',
      kinds.networkPolicy,
      aNetworkPolicy,
      [{ op: 'add', path: '/spec/ingress/0/from/-', value: { podSelector: {} } }],
    ],
  ])('%s is undone', async (label, type, make, body) => {
    const desired = make(`drift-${label.replaceAll(' ', '-')}`);
    const before = await applied(type, desired);
    const patch = { type: 'json' as const, body: body as Array<Record<string, unknown>> };
    const edited = await client.patch<Spec>(
      type,
      { ...desired.metadata, patch },
      { fieldManager: 'kubectl-edit' },
    );
    expect(needsApply(desired, edited, appliedAnnotation)).toBe(true);
    const mended = await ensureApplied(client, { type, desired, observed: edited, appliedAnnotation });
    expect(mended.written).toBe(true);
    expect(mended.object.spec).toEqual(before.spec);
    expect(needsApply(desired, await client.get(type, desired.metadata), appliedAnnotation)).toBe(false);
  });

  test('a replace that undid something leaves no second owner: fields still go when we drop them', async () => {
    const desired = aDeployment('owners');
    const before = await applied(kinds.deployment, desired);
    const body = [
      { op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'evil', image: 'evil' } },
    ];
    await client.patch(kinds.deployment, { ...before.metadata, patch: { type: 'json', body } });
    await applied(kinds.deployment, desired);
    const { progressDeadlineSeconds: _, ...spec } = { ...desired.spec, progressDeadlineSeconds: 77 };
    await applied(kinds.deployment, { ...desired, spec: { ...spec, progressDeadlineSeconds: 77 } });
    const after = await applied(kinds.deployment, desired);
    expect(after.spec.progressDeadlineSeconds).toBe(600);
  });
});

describe('fields that somebody has added', () => {
  const add = (path: string, value: unknown) => ({ op: 'add', path, value });
  test.each<[string, ResourceType, (name: string) => Spec, unknown[]]>([
    ['host network', kinds.deployment, aDeployment, [add('/spec/template/spec/hostNetwork', true)]],
    [
      'a toleration',
      kinds.deployment,
      aDeployment,
      [add('/spec/template/spec/tolerations', [{ operator: 'Exists' }])],
    ],
    ['a command', kinds.deployment, aDeployment, [add('/spec/template/spec/containers/0/command', ['sh'])]],
    [
      'an init container',
      kinds.deployment,
      aDeployment,
      [add('/spec/template/spec/initContainers', [{ name: 'evil', image: 'evil' }])],
    ],
    [
      'another service type',
      kinds.service,
      aService,
      [{ op: 'replace', path: '/spec/type', value: 'NodePort' }],
    ],
    ['an external address', kinds.service, aService, [add('/spec/externalIPs', ['203.0.113.7'])]],
  ])('%s: seen by the cache and taken out', async (label, type, make, body) => {
    const desired = make(`foreign-${label.replaceAll(' ', '-')}`);
    const before = await applied(type, desired);
    const abort = new AbortController();
    const ownManagers = ['operator'];
    const reflector = createReflector<Spec>({ client, type, namespace, ownManagers });
    const following = reflector.start(abort.signal);
    await reflector.whenSynced();
    expect(needsApply(desired, reflector.store.get(desired.metadata), appliedAnnotation)).toBe(false);
    const patch = { type: 'json' as const, body: body as Array<Record<string, unknown>> };
    await client.patch(type, { ...desired.metadata, patch }, { fieldManager: 'kubectl-edit' });
    await vi.waitFor(() => {
      expect(needsApply(desired, reflector.store.get(desired.metadata), appliedAnnotation)).toBe(true);
    });
    const observed = reflector.store.get(desired.metadata);
    const mended = await ensureApplied(client, { type, desired, observed, appliedAnnotation });
    expect(mended.object.spec).toEqual(before.spec);
    await vi.waitFor(() => {
      expect(needsApply(desired, reflector.store.get(desired.metadata), appliedAnnotation)).toBe(false);
    });
    abort.abort();
    await following;
  });
});
