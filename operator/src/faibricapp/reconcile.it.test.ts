// The reconciler against a real API server: what a user sees of an app from creation on.
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../runtime/kube-client.ts';
import { APPS, CHILDREN, REVISIONS } from './resource-types.ts';
import { change, useWorld } from './test/harness.ts';
import {
  conditionOf,
  createApp,
  getApp,
  listRevisions,
  NAMESPACE,
  patchApp,
  until,
  untilSettled,
} from './test/reads.ts';
import { countWrites, startOperator } from './test/world.ts';

const at = useWorld();

const withImage = async (name: string): Promise<string> => {
  const deployment = (await at.childOf('Deployment', name)) as KubeObject & {
    spec: { template: { spec: { containers: { image: string }[] } } };
  };
  return deployment.spec.template.spec.containers[0]?.image ?? '';
};

describe('an app', () => {
  it('becomes Ready from three lines, and tells its story', async () => {
    await createApp(at.client, 'first');
    await untilSettled(at.client, 'first');
    const app = await getApp(at.client, 'first');
    expect(app.status).toMatchObject({
      phase: 'Ready',
      revision: 1,
      latestRevision: 1,
      type: 'list',
      collections: ['things'],
      url: `http://me-first-${app.status?.appId}.localhost`,
      tokens: { analyze: 110, generate: 110, total: 220 },
    });
    expect(app.status?.image).toMatch(/@sha256:/);
    expect([at.script.analyzed, at.script.generated, at.script.checked, at.script.exported]).toEqual([
      1, 1, 1, 1,
    ]);
    const told = at.running.events.map(({ reason }) => reason);
    const story = [
      'RevisionStarted',
      'Analyzed',
      'Generated',
      'Validated',
      'Built',
      'Deployed',
      'Routed',
      'Ready',
    ];
    expect(told).toEqual(expect.arrayContaining(story));
    const [revision] = await listRevisions(at.client, 'first');
    expect(revision?.status?.conditions?.map(({ type, status }) => `${type}=${status}`).sort()).toEqual([
      'Accepted=True',
      'Analyzed=True',
      'Built=True',
      'Deployed=True',
      'Generated=True',
    ]);
    expect(revision?.status?.timings).toMatchObject({
      deploy: expect.any(Number),
      route: expect.any(Number),
    });
    expect(revision?.status?.calls?.map(({ state }) => state)).toEqual(['Succeeded', 'Succeeded']);
  });

  it('asks each step once when the engine needs no model, and announces no call', async () => {
    await createApp(at.client, 'free', { engine: 'builtin' });
    await untilSettled(at.client, 'free');
    expect([at.script.analyzed, at.script.generated, at.script.checked, at.script.exported]).toEqual([
      1, 1, 1, 1,
    ]);
    const [revision] = await listRevisions(at.client, 'free');
    expect(revision?.status?.calls).toBeUndefined();
    expect(revision?.spec.model).toBeUndefined();
  });

  it('ends at the last of many edits, and leaves none of the others in work', async () => {
    await createApp(at.client, 'edited', { prompt: 'edit number 0' });
    for (let edit = 1; edit <= 20; edit += 1) {
      await patchApp(at.client, 'edited', { spec: { prompt: `edit number ${edit}` } });
    }
    await untilSettled(at.client, 'edited', 40);
    const revisions = await listRevisions(at.client, 'edited');
    const app = await getApp(at.client, 'edited');
    expect(app.status?.revision).toBe(revisions.at(-1)?.spec.number);
    const open = revisions.filter(
      ({ status }) => !status?.conditions?.some(({ type }) => type === 'Deployed' || type === 'Accepted'),
    );
    expect(open.map(({ spec }) => spec.number)).toEqual([]);
    expect(app.status?.tokens?.total).toBe((at.script.analyzed + at.script.generated) * 110);
  });

  it('is left alone when nothing differs', async () => {
    await createApp(at.client, 'idle');
    await untilSettled(at.client, 'idle');
    await at.running.stop();
    const counted = countWrites(at.world);
    at.running = startOperator(at.world, () => at.script, { client: counted.client });
    await until('the new operator has looked', async () => at.running.operator.controller.hasSynced());
    const objects = async () =>
      (
        await Promise.all(
          [APPS, REVISIONS, ...Object.values(CHILDREN)].map((type) =>
            at.client.list(type, { namespace: NAMESPACE }),
          ),
        )
      )
        .flatMap(({ items }) => items.map(({ metadata }) => metadata.resourceVersion))
        .join();
    const before = await objects();
    // Long enough for every key to be reconciled several times.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await objects()).toBe(before);
    expect(counted.writes()).toBe(0);
  });

  it('serves source that a person brings, without asking a model', async () => {
    const files = [{ path: 'src/App.tsx', content: 'export default () => null;' }];
    await createApp(at.client, 'own', { prompt: undefined, source: { files } });
    await untilSettled(at.client, 'own');
    expect([at.script.analyzed, at.script.generated, at.script.exported]).toEqual([0, 0, 1]);
    const [revision] = await listRevisions(at.client, 'own');
    expect(revision?.spec).toMatchObject({ engine: 'source', files });
  });

  it('stays Ready at its old revision while a change is worked on, then serves the new one', async () => {
    await createApp(at.client, 'changing');
    await untilSettled(at.client, 'changing');
    const seen: string[] = [];
    at.script.check = () => {
      void getApp(at.client, 'changing').then(({ status }) => {
        seen.push(...(status?.conditions ?? []).map(({ type, status: value }) => `${type}=${value}`));
      });
      return undefined;
    };
    await patchApp(at.client, 'changing', { spec: { changes: [change('c1')] } });
    await until(
      'revision 2 serves',
      async () => (await getApp(at.client, 'changing')).status?.revision === 2,
    );
    await untilSettled(at.client, 'changing');
    expect(seen).toEqual(expect.arrayContaining(['Ready=True', 'Reconciling=True']));
    const [, second] = await listRevisions(at.client, 'changing');
    expect(second?.spec).toMatchObject({ number: 2, parent: 1, change: 'c1' });
    expect([at.script.analyzed, at.script.generated]).toEqual([2, 2]);
  });

  it('is pinned to an old revision and freed again without a model or a build', async () => {
    await createApp(at.client, 'pinned', { changes: [] });
    await untilSettled(at.client, 'pinned');
    const first = await withImage('pinned');
    await patchApp(at.client, 'pinned', { spec: { changes: [change('c1')] } });
    await until('revision 2 serves', async () => (await getApp(at.client, 'pinned')).status?.revision === 2);
    const calls = () => [at.script.analyzed, at.script.generated, at.script.checked, at.script.exported];
    const before = calls();
    await patchApp(at.client, 'pinned', { spec: { revision: 1 } });
    await until('revision 1 serves', async () => (await getApp(at.client, 'pinned')).status?.revision === 1);
    await untilSettled(at.client, 'pinned');
    expect(await withImage('pinned')).toBe(first);
    expect(conditionOf(await getApp(at.client, 'pinned'), 'Ready')?.reason).toBe('Pinned');
    await patchApp(at.client, 'pinned', { spec: { revision: null } });
    await until('revision 2 serves', async () => (await getApp(at.client, 'pinned')).status?.revision === 2);
    expect(calls()).toEqual(before);
  });

  it('refuses a pin to a revision that is not there, and goes on serving', async () => {
    await createApp(at.client, 'nopin');
    await untilSettled(at.client, 'nopin');
    await patchApp(at.client, 'nopin', { spec: { revision: 7 } });
    await until('it says so', async () => {
      const app = await getApp(at.client, 'nopin');
      return (
        conditionOf(app, 'Stalled')?.reason === 'RevisionNotFound' &&
        conditionOf(app, 'Ready')?.status === 'True'
      );
    });
  });

  it('stops its pods when suspended and starts them again', async () => {
    await createApp(at.client, 'resting');
    await untilSettled(at.client, 'resting');
    await patchApp(at.client, 'resting', { spec: { suspend: true } });
    await until('no pod runs', async () => {
      const { status } = await getApp(at.client, 'resting');
      return status?.phase === 'Suspended' && status.replicas === 0;
    });
    await patchApp(at.client, 'resting', { spec: { suspend: false } });
    await untilSettled(at.client, 'resting');
    expect([at.script.analyzed, at.script.exported]).toEqual([1, 1]);
  });
});
