// The operator is killed at several moments of an app's birth. Nothing is lost and nothing is done twice: the app
// becomes Ready with one revision and one set of children. The kill is a SIGKILL of the container, not a drain.
import { API_VERSION, faibricApp } from '@faibric/crds';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  applyApp,
  conditionOf,
  deleteMadeApps,
  getRevisions,
  uniqueName,
  urlOf,
  waitReady,
} from './lib/apps.ts';
import { childrenOf } from './lib/children.ts';
import { killComponent, withComponentAway } from './lib/components.ts';
import { eventually } from './lib/eventually.ts';
import { type KubeProxy, openKubeProxy } from './lib/kube-proxy.ts';
import { APPS } from './lib/kubectl.ts';
import { throughTraefik } from './lib/through-traefik.ts';

afterAll(async () => {
  await deleteMadeApps();
  api.close();
});

const MOMENTS = ['at once', 'Analyzed', 'Generated', 'Validated', 'Built', 'Deployed'] as const;

let api: KubeProxy;

beforeAll(async () => {
  api = await openKubeProxy();
});

// A process per look would miss the moment: the whole birth of an app takes seconds.
async function reach(name: string, moment: (typeof MOMENTS)[number]): Promise<void> {
  if (moment === 'at once') return;
  const path = `/apis/${API_VERSION}/namespaces/${APPS}/faibricapps/${name}`;
  await eventually({ seconds: 90, what: `${moment} is reached`, everyMs: 10 }, async () =>
    conditionOf(faibricApp.parse(await api.request('GET', path)), moment)?.status === 'True'
      ? true
      : undefined,
  );
}

test.each(MOMENTS)('killed when the app is "%s", the app still becomes Ready, once', async (moment) => {
  const name = uniqueName('crash');
  await applyApp(name, { prompt: 'A list of films with title, year and rating' });
  await reach(name, moment);
  await killComponent('operator');
  const app = await waitReady(name, 180);
  expect((await throughTraefik({ url: urlOf(app) })).status).toBe(200);
  const revisions = await getRevisions(name);
  expect(revisions.map((revision) => revision.spec.number)).toEqual([1]);
  const deployments = await childrenOf(name, ['deployments.apps']);
  expect(deployments).toHaveLength(1);
});

test('while the operator is away, apps answer', async () => {
  const name = uniqueName('steady');
  await applyApp(name, { prompt: 'A list of songs with title and artist' });
  const url = urlOf(await waitReady(name));
  await withComponentAway('operator', async () => {
    for (let asked = 0; asked < 20; asked += 1) expect((await throughTraefik({ url })).status).toBe(200);
  });
});
