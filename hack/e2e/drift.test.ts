// Someone deletes or edits what belongs to an app: it is put right within 10 s, and the app serves on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyApp, deleteMadeApps, uniqueName, urlOf, waitReady } from './lib/apps.ts';
import { CHILD_KINDS, childrenOf } from './lib/children.ts';
import { eventually } from './lib/eventually.ts';
import { APPS, kubectl } from './lib/kubectl.ts';
import { throughTraefik } from './lib/through-traefik.ts';

const name = uniqueName('drift');
let url = '';

beforeAll(async () => {
  await applyApp(name, { prompt: 'A list of tools with name and place' });
  url = urlOf(await waitReady(name));
});

afterAll(deleteMadeApps);

test.each(CHILD_KINDS)('deleted %s are made again within 10 s', async (kind) => {
  const before = await childrenOf(name, [kind]);
  if (before.length === 0) return;
  await kubectl(['delete', kind, '-n', APPS, '-l', `faibric.dev/app=${name}`, '--wait=false']);
  await eventually({ seconds: 10, what: `${kind} are there again` }, async () => {
    const now = await childrenOf(name, [kind]);
    const old = new Set(before.map((child) => child.uid));
    return now.length === before.length && now.every((child) => !old.has(child.uid)) ? true : undefined;
  });
});

test.each<[string, string, string]>([
  ['replicas of the Deployment', 'deployments.apps', '{"spec":{"replicas":3}}'],
  ['the selector of the Service', 'services', '{"spec":{"selector":{"faibric.dev/app":"nobody"}}}'],
  [
    'the rules of the NetworkPolicy',
    'networkpolicies.networking.k8s.io',
    '{"spec":{"ingress":[{}],"egress":[{}]}}',
  ],
  ['the entry point of the IngressRoute', 'ingressroutes.traefik.io', '{"spec":{"entryPoints":["other"]}}'],
])('edited by hand, %s are put back within 10 s', async (_what, kind, patch) => {
  const [before] = await childrenOf(name, [kind]);
  await kubectl(['patch', kind, before!.name, '-n', APPS, '--type=merge', '-p', patch]);
  await eventually({ seconds: 10, what: `${kind} is as before` }, async () => {
    const [now] = await childrenOf(name, [kind]);
    expect(now?.spec).toEqual(before!.spec);
    return true;
  });
});

test('the image of the pod, changed by hand, is put back and the app serves on', async () => {
  const [before] = await childrenOf(name, ['deployments.apps']);
  const image =
    '[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"nowhere.invalid/x:1"}]';
  await kubectl(['patch', 'deployments.apps', before!.name, '-n', APPS, '--type=json', '-p', image]);
  await eventually({ seconds: 10, what: 'the image is the built one again' }, async () => {
    const [now] = await childrenOf(name, ['deployments.apps']);
    return JSON.stringify(now?.spec).includes('nowhere.invalid') ? undefined : true;
  });
  expect((await throughTraefik({ url })).status).toBe(200);
});

test('the app answers after all of it', async () => {
  await waitReady(name, 30);
  await eventually({ seconds: 15, what: 'the address answers' }, async () =>
    (await throughTraefik({ url })).status === 200 ? true : undefined,
  );
});
