// The reconciler against a real API server: what a user sees of an app from creation to deletion.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { APPS, CHILDREN, REVISIONS } from './resource-types.ts';
import {
  conditionOf,
  createApp,
  getApp,
  listRevisions,
  NAMESPACE,
  newScript,
  patchApp,
  type RunningOperator,
  type Script,
  startOperator,
  startWorld,
  until,
  untilSettled,
  type World,
} from './test/world.ts';

let world: World;
let script: Script = newScript();
let running: RunningOperator;

beforeAll(async () => {
  world = await startWorld(() => script);
});
afterAll(() => world.stop());
beforeEach(() => {
  script = newScript();
  running = startOperator(world, () => script);
});
afterEach(() => running.stop());

const remove = (name: string) => world.client.delete(APPS, { name, namespace: NAMESPACE });

describe('an app', () => {
  it('becomes Ready from three lines, and tells its story', async () => {
    await createApp(world.client, 'first');
    await untilSettled(world.client, 'first');
    const app = await getApp(world.client, 'first');
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
    expect([script.analyzed, script.generated, script.checked, script.exported]).toEqual([1, 1, 1, 1]);
    expect(running.events.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([
        'RevisionStarted',
        'Analyzed',
        'Generated',
        'Validated',
        'Built',
        'Deployed',
        'Routed',
        'Ready',
      ]),
    );
    const [revision] = await listRevisions(world.client, 'first');
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
    await remove('first');
  });
});
