// An app made, watched and removed with kubectl alone: apply of a short file, columns, wait, events, and no
// object left behind. What a GitOps tool or a script relies on.
import { afterAll, expect, test } from 'vitest';
import {
  appManifest,
  deleteMadeApps,
  getApp,
  rememberApp,
  uniqueName,
  urlOf,
  waitReady,
} from './lib/apps.ts';
import { CHILD_KINDS, childrenOf } from './lib/children.ts';
import { eventually } from './lib/eventually.ts';
import { APPS, kubectl, tryKubectl } from './lib/kubectl.ts';
import { throughTraefik } from './lib/through-traefik.ts';

const name = uniqueName('shopping');

afterAll(deleteMadeApps);

test('a FaibricApp of a few lines becomes an app that answers', async () => {
  rememberApp(name);
  await kubectl(
    ['apply', '-f', '-'],
    [
      'apiVersion: faibric.dev/v1alpha1',
      'kind: FaibricApp',
      `metadata: {name: ${name}, namespace: ${APPS}}`,
      'spec: {prompt: A shopping list with item and amount}',
    ].join('\n'),
  );
  await kubectl(['wait', `faibricapp/${name}`, '-n', APPS, '--for=condition=Ready', '--timeout=90s']);
  const answer = await throughTraefik({ url: urlOf(await getApp(name)) });
  expect(answer.status).toBe(200);
  expect(answer.body).toContain('<div id="root"');
});

test('kubectl get shows phase, type, revision, address and age', async () => {
  const [head = '', row = ''] = (await kubectl(['get', 'fapp', name, '-n', APPS])).split('\n');
  expect(head.split(/\s{2,}/).map((word) => word.trim())).toEqual(
    expect.arrayContaining(['NAME', 'PHASE', 'TYPE', 'REVISION', 'URL', 'AGE']),
  );
  expect(row).toContain('Ready');
  expect(row).toContain('.localhost');
});

test('the host follows the pattern owner, app, id', async () => {
  const { status } = await getApp(name);
  expect(status?.host).toBe(`${status?.host?.split('-')[0]}-${name}-${status?.appId}.localhost`);
});

test('the six conditions and Ready are True, and none speaks of an older spec', async () => {
  const app = await getApp(name);
  const told = new Map(app.status?.conditions?.map((condition) => [condition.type, condition]));
  for (const type of [
    'Analyzed',
    'Generated',
    'Validated',
    'Built',
    'Deployed',
    'Routed',
    'Ready',
  ] as const) {
    expect(told.get(type)?.status, type).toBe('True');
    expect(told.get(type)?.observedGeneration, type).toBe(app.metadata.generation);
  }
});

test('the events of the app tell its story in order', async () => {
  const story = await eventually({ seconds: 15, what: 'the events of the app are there' }, async () => {
    const text = await kubectl(['describe', 'faibricapp', name, '-n', APPS]);
    const events = text.slice(text.indexOf('Events:'));
    return ['Analyzed', 'Generated', 'Built', 'Deployed'].every((word) => events.includes(word))
      ? events
      : undefined;
  });
  expect(story).not.toContain('<none>');
});

test('every field of the spec is explained', async () => {
  const text = await kubectl(['explain', 'faibricapp.spec', '--recursive=false']);
  expect(text).toContain('What the app is');
  expect(text).not.toContain('<no description>');
});

test('scale to zero by suspend stops the pods and keeps the app, and back', async () => {
  await kubectl(['patch', 'faibricapp', name, '-n', APPS, '--type=merge', '-p', '{"spec":{"suspend":true}}']);
  await eventually({ seconds: 60, what: 'no pod runs' }, async () => {
    const pods = await kubectl(['get', 'pods', '-n', APPS, '-l', `faibric.dev/app=${name}`, '-o', 'name']);
    return pods.trim() === '' ? true : undefined;
  });
  await kubectl([
    'patch',
    'faibricapp',
    name,
    '-n',
    APPS,
    '--type=merge',
    '-p',
    '{"spec":{"suspend":false}}',
  ]);
  const app = await waitReady(name, 60);
  expect((await throughTraefik({ url: urlOf(app) })).status).toBe(200);
});

test('kubectl delete removes every child within 30 s', async () => {
  expect((await childrenOf(name)).length).toBeGreaterThan(3);
  await kubectl(['delete', 'faibricapp', name, '-n', APPS, '--timeout=30s']);
  await eventually({ seconds: 30, what: 'no child is left' }, async () => {
    const left = await childrenOf(name, [...CHILD_KINDS, 'pods', 'replicasets.apps', 'faibricrevisions']);
    if (left.length > 0) throw new Error(left.map((child) => `${child.kind}/${child.name}`).join(' '));
    return true;
  });
  expect((await tryKubectl(['get', 'faibricapp', name, '-n', APPS])).ok).toBe(false);
});

test('an app with the smallest possible prompt still becomes an app', async () => {
  const small = uniqueName('small');
  rememberApp(small);
  await kubectl(['apply', '-f', '-'], JSON.stringify(appManifest(small, { prompt: 'cat' })));
  expect((await throughTraefik({ url: urlOf(await waitReady(small)) })).status).toBe(200);
});
