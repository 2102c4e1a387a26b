// A backend of the platform is away: the status says which and that it is tried again, what runs goes on, and the
// app becomes Ready by itself when the backend is back.
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyApp, conditionOf, deleteMadeApps, getApp, uniqueName, urlOf, waitReady } from './lib/apps.ts';
import { withComponentAway } from './lib/components.ts';
import { eventually } from './lib/eventually.ts';
import { dashboardUrl, throughTraefik } from './lib/through-traefik.ts';

const steady = uniqueName('steady');
let url = '';

beforeAll(async () => {
  await applyApp(steady, { prompt: 'A list of tools with name and place' });
  url = urlOf(await waitReady(steady));
});

afterAll(deleteMadeApps);

test('without BuildKit a new app waits with the reason, and is built when it is back', async () => {
  const name = uniqueName('patient');
  await withComponentAway('buildkit', async () => {
    await applyApp(name, { prompt: 'A list of ropes with name and length' });
    await eventually({ seconds: 60, what: 'the status names BuildKit' }, async () => {
      const app = await getApp(name);
      const told = [conditionOf(app, 'Ready'), conditionOf(app, 'Validated'), conditionOf(app, 'Built')];
      return told.some((one) => one?.reason === 'BuildUnavailable') ? true : undefined;
    });
    expect(conditionOf(await getApp(name), 'Stalled')?.status).not.toBe('True');
    expect((await throughTraefik({ url })).status).toBe(200);
  });
  await waitReady(name, 120);
});

test('without the registry a new app waits with the reason, and is pushed when it is back', async () => {
  const name = uniqueName('unpushed');
  await execa('docker', ['stop', '--time=1', 'kind-registry']);
  try {
    await applyApp(name, { prompt: 'A list of bridges with name and span' });
    await eventually({ seconds: 90, what: 'the status names the registry' }, async () => {
      const app = await getApp(name);
      const told = app.status?.conditions?.map((one) => one.reason) ?? [];
      return told.includes('RegistryUnavailable') ? true : undefined;
    });
    expect(conditionOf(await getApp(name), 'Stalled')?.status).not.toBe('True');
    expect((await throughTraefik({ url })).status).toBe(200);
  } finally {
    await execa('docker', ['start', 'kind-registry']);
  }
  await waitReady(name, 120);
});

test('without the API apps still open, and the data come back with it', async () => {
  const { status } = await getApp(steady);
  const data = `${url}/api/v1/db/${status!.appId!}/${status!.collections![0]!}/`;
  await withComponentAway('api', async () => {
    expect((await throughTraefik({ url })).status).toBe(200);
    expect((await throughTraefik({ url: data })).status).toBeGreaterThanOrEqual(500);
  });
  await eventually({ seconds: 20, what: 'the data are served' }, async () =>
    (await throughTraefik({ url: data })).status === 200 ? true : undefined,
  );
  expect((await throughTraefik({ url: `${dashboardUrl()}/api/projects/` })).status).toBe(200);
});
