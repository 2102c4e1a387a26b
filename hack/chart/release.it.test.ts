// What must hold of the release that `up` installed: rights as the API server judges them, walls as admission builds
// them, secrets that an upgrade leaves alone. It only asks and dry-runs, except for `helm test`, which cleans up.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readSettings } from '../settings.ts';
import { attempt, type Outcome } from '../shell.ts';
import { forLocalCluster } from '../tools/run.ts';
import { ensureTool } from '../tools/tool.ts';
import { chartDir, helm, type Manifest, parseManifests } from './render.ts';

const say = (line: string) => console.error(line);
const kubectl = async (args: readonly string[], input?: object): Promise<Outcome> =>
  attempt(
    await ensureTool(readSettings(), 'kubectl', say),
    forLocalCluster('kubectl', args),
    input ? { input: JSON.stringify(input) } : {},
  );

const installed = forLocalCluster('helm', ['-n', 'faibric-system']);

test.each([
  ['faibric-operator', 'create', 'deployments.apps', 'faibric-apps', 'yes'],
  ['faibric-operator', 'patch', 'faibricapps.faibric.dev/status', 'faibric-apps', 'yes'],
  ['faibric-operator', 'create', 'ingressroutes.traefik.io', 'faibric-apps', 'yes'],
  ['faibric-operator', 'create', 'events.events.k8s.io', 'faibric-apps', 'yes'],
  ['faibric-operator', 'update', 'leases.coordination.k8s.io', 'faibric-system', 'yes'],
  ['faibric-operator', 'get', 'secrets', 'faibric-apps', 'no'],
  ['faibric-operator', 'get', 'secrets', 'faibric-system', 'no'],
  ['faibric-operator', 'create', 'deployments.apps', 'faibric-system', 'no'],
  ['faibric-operator', 'create', 'rolebindings.rbac.authorization.k8s.io', 'faibric-apps', 'no'],
  ['faibric-operator', 'create', 'faibricapps.faibric.dev', 'faibric-apps', 'no'],
  ['faibric-operator', 'create', 'pods/exec', 'faibric-apps', 'no'],
  ['faibric-api', 'create', 'faibricapps.faibric.dev', 'faibric-apps', 'yes'],
  ['faibric-api', 'get', 'secrets', 'faibric-system', 'no'],
  ['faibric-api', 'create', 'deployments.apps', 'faibric-apps', 'no'],
  ['faibric-api', 'get', 'pods/log', 'faibric-apps', 'yes'],
  ['faibric-api', 'delete', 'pods', 'faibric-apps', 'no'],
  ['faibric-api', 'create', 'pods/exec', 'faibric-apps', 'no'],
  ['faibric-api', 'get', 'pods/log', 'faibric-system', 'no'],
  ['faibric-api', 'patch', 'faibricapps.faibric.dev/status', 'faibric-apps', 'no'],
  ['faibric-traefik', 'list', 'ingressroutes.traefik.io', 'faibric-apps', 'yes'],
  ['faibric-traefik', 'list', 'secrets', 'faibric-system', 'no'],
  ['faibric-traefik', 'list', 'nodes', 'default', 'no'],
])('%s may %s %s in %s: %s', async (account, verb, resource, namespace, answer) => {
  const who = `system:serviceaccount:faibric-system:${account}`;
  const [kind, subresource] = resource.split('/');
  const what = [kind ?? '', ...(subresource ? [`--subresource=${subresource}`] : [])];
  const { stdout } = await kubectl(['auth', 'can-i', verb, ...what, '-n', namespace, '--as', who]);
  expect(stdout.trim()).toBe(answer);
});

const restricted = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  runAsUser: 10001,
  seccompProfile: { type: 'RuntimeDefault' },
};
const privileged = { ...restricted, allowPrivilegeEscalation: true, privileged: true };
const pod = (namespace: string, securityContext: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'wall', namespace },
  spec: { containers: [{ name: 'wall', image: 'example.com/none:1', securityContext }], ...more },
});

test.each([
  ['a root user', pod('faibric-apps', { ...restricted, runAsNonRoot: false, runAsUser: 0 })],
  ['a privileged container', pod('faibric-apps', privileged)],
  ['the network of the node', pod('faibric-apps', restricted, { hostNetwork: true })],
  [
    'a path of the node',
    pod('faibric-apps', restricted, { volumes: [{ name: 'h', hostPath: { path: '/' } }] }),
  ],
  ['a privileged container beside the control plane', pod('faibric-system', privileged)],
])('admission refuses %s', async (_what, body) => {
  const outcome = await kubectl(['create', '--dry-run=server', '-f', '-'], body);
  expect(outcome.ok).toBe(false);
  expect(outcome.stderr).toContain('violates PodSecurity "restricted');
});

test('a pod that asks for nothing is given limits, and too large a one is refused', async () => {
  const small = await kubectl(
    ['create', '--dry-run=server', '-o', 'json', '-f', '-'],
    pod('faibric-apps', restricted),
  );
  expect(small.stdout).toContain('"memory": "64Mi"');
  const large = pod('faibric-apps', restricted);
  const [container] = large.spec.containers;
  const body = {
    ...large,
    spec: { containers: [{ ...container, resources: { limits: { memory: '2Gi' } } }] },
  };
  const refused = await kubectl(['create', '--dry-run=server', '-f', '-'], body);
  expect(refused.stderr).toContain('maximum memory usage per Container is 256Mi');
});

test('the API refuses whoever does not come through Traefik', async () => {
  const path = '/api/v1/namespaces/faibric-system/services/faibric-api:http/proxy';
  const live = await kubectl(['get', '--raw', `${path}/healthz`]);
  expect(live.ok, live.stderr).toBe(true);
  const outcome = await kubectl(['get', '--raw', `${path}/api/projects/`]);
  expect(outcome.ok).toBe(false);
  expect(outcome.stderr).toMatch(/Unauthorized|credentials/i);
});

const secretData = z.record(z.string(), z.string());
const secretList = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string() }), data: secretData })),
});

test('an upgrade leaves passwords and certificates as they are', async () => {
  const args = ['upgrade', 'faibric', chartDir, ...installed, '--reuse-values', '--dry-run=server'];
  const outcome = await helm(...args);
  expect(outcome.ok, outcome.stderr).toBe(true);
  const [, manifests = ''] = outcome.stdout.split('\nMANIFEST:\n');
  const planned = parseManifests(manifests.split('\nNOTES:\n')[0] ?? '').filter(
    ({ kind }) => kind === 'Secret',
  );
  expect(planned.length).toBeGreaterThanOrEqual(5);
  for (const secret of planned) {
    const { name, namespace = '' } = secret.metadata;
    const there = await kubectl([
      'get',
      'secrets',
      '-n',
      namespace,
      '-o',
      'json',
      `--field-selector=metadata.name=${name}`,
    ]);
    const { items } = secretList.parse(JSON.parse(there.stdout));
    expect(items[0]?.data, name).toEqual(encoded(secret));
  }
});

const encoded = (secret: Manifest): Record<string, string> => {
  const plain = secretData.default({}).parse(secret.stringData);
  const base64 = Object.entries(plain).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return { ...secretData.default({}).parse(secret.data), ...Object.fromEntries(base64) };
};

test('helm test makes an app that answers through Traefik', { timeout: 400_000 }, async () => {
  const outcome = await helm('test', 'faibric', ...installed, '--logs', '--timeout', '6m');
  expect(outcome.ok, outcome.stdout + outcome.stderr).toBe(true);
  expect(outcome.stdout).toContain('answers 200');
});
