// The reconciler against a real API server: what a user sees of an app from creation to deletion.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome, SourceFiles } from '../engines/engine.ts';
import type { KubeObject } from '../runtime/kube-client.ts';
import type { ChildKind } from './facts.ts';
import { APPS, CHILDREN, REVISIONS } from './resource-types.ts';
import {
  conditionOf,
  countWrites,
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
afterEach(async () => {
  await running.stop();
  const { items } = await world.client.list(APPS, { namespace: NAMESPACE });
  for (const { metadata } of items) await world.client.delete(APPS, metadata);
  await until('all is gone', async () => (await leftovers()).length === 0);
});

const leftovers = async (): Promise<string[]> => {
  const kinds = [APPS, REVISIONS, ...Object.values(CHILDREN)];
  const lists = await Promise.all(kinds.map((type) => world.client.list(type, { namespace: NAMESPACE })));
  return lists.flatMap(({ items }) => items.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
};

const childOf = (kind: ChildKind, app: string): Promise<KubeObject | undefined> =>
  world.client.get(CHILDREN[kind], { name: kind === 'Middleware' ? `${app}-id` : app, namespace: NAMESPACE });

const change = (id: string) => ({ id, prompt: `change ${id}` });
const annotate = (name: string, key: string, value: string | null) =>
  patchApp(world.client, name, { metadata: { annotations: { [`faibric.dev/${key}`]: value } } });

const withImage = async (name: string): Promise<string> => {
  const deployment = (await childOf('Deployment', name)) as KubeObject & {
    spec: { template: { spec: { containers: { image: string }[] } } };
  };
  return deployment.spec.template.spec.containers[0]?.image ?? '';
};

const badSource: Outcome<SourceFiles> = {
  ok: true,
  value: { 'src/App.tsx': 'BAD' },
  tokens: { input: 100, output: 10, calls: 1 },
};
const refuse = (message: string) => ({
  ok: true as const,
  value: {
    ok: false,
    diagnostics: [
      { check: 'types' as const, code: 'TS2304', message, file: 'src/App.tsx', line: 3, column: 7 },
    ],
  },
});

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
    const told = running.events.map(({ reason }) => reason);
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
    expect(revision?.status?.calls?.map(({ state }) => state)).toEqual(['Succeeded', 'Succeeded']);
  });

  it('is left alone when nothing differs', async () => {
    await createApp(world.client, 'idle');
    await untilSettled(world.client, 'idle');
    await running.stop();
    const counted = countWrites(world);
    running = startOperator(world, () => script, { client: counted.client });
    await until('the new operator has looked', async () => running.operator.controller.hasSynced());
    const objects = async () =>
      (
        await Promise.all(
          [APPS, REVISIONS, ...Object.values(CHILDREN)].map((type) =>
            world.client.list(type, { namespace: NAMESPACE }),
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
    await createApp(world.client, 'own', { prompt: undefined, source: { files } });
    await untilSettled(world.client, 'own');
    expect([script.analyzed, script.generated, script.exported]).toEqual([0, 0, 1]);
    const [revision] = await listRevisions(world.client, 'own');
    expect(revision?.spec).toMatchObject({ engine: 'source', files });
  });

  it('stays Ready at its old revision while a change is worked on, then serves the new one', async () => {
    await createApp(world.client, 'changing');
    await untilSettled(world.client, 'changing');
    const seen: string[] = [];
    script.check = () => {
      void getApp(world.client, 'changing').then(({ status }) => {
        seen.push(...(status?.conditions ?? []).map(({ type, status: value }) => `${type}=${value}`));
      });
      return undefined;
    };
    await patchApp(world.client, 'changing', { spec: { changes: [change('c1')] } });
    await until(
      'revision 2 serves',
      async () => (await getApp(world.client, 'changing')).status?.revision === 2,
    );
    await untilSettled(world.client, 'changing');
    expect(seen).toEqual(expect.arrayContaining(['Ready=True', 'Reconciling=True']));
    const [, second] = await listRevisions(world.client, 'changing');
    expect(second?.spec).toMatchObject({ number: 2, parent: 1, change: 'c1' });
    expect([script.analyzed, script.generated]).toEqual([2, 2]);
  });

  it('is pinned to an old revision and freed again without a model or a build', async () => {
    await createApp(world.client, 'pinned', { changes: [] });
    await untilSettled(world.client, 'pinned');
    const first = await withImage('pinned');
    await patchApp(world.client, 'pinned', { spec: { changes: [change('c1')] } });
    await until(
      'revision 2 serves',
      async () => (await getApp(world.client, 'pinned')).status?.revision === 2,
    );
    const calls = () => [script.analyzed, script.generated, script.checked, script.exported];
    const before = calls();
    await patchApp(world.client, 'pinned', { spec: { revision: 1 } });
    await until(
      'revision 1 serves',
      async () => (await getApp(world.client, 'pinned')).status?.revision === 1,
    );
    await untilSettled(world.client, 'pinned');
    expect(await withImage('pinned')).toBe(first);
    expect(conditionOf(await getApp(world.client, 'pinned'), 'Ready')?.reason).toBe('Pinned');
    await patchApp(world.client, 'pinned', { spec: { revision: null } });
    await until(
      'revision 2 serves',
      async () => (await getApp(world.client, 'pinned')).status?.revision === 2,
    );
    expect(calls()).toEqual(before);
  });

  it('refuses a pin to a revision that is not there, and goes on serving', async () => {
    await createApp(world.client, 'nopin');
    await untilSettled(world.client, 'nopin');
    await patchApp(world.client, 'nopin', { spec: { revision: 7 } });
    await until('it says so', async () => {
      const app = await getApp(world.client, 'nopin');
      return (
        conditionOf(app, 'Stalled')?.reason === 'RevisionNotFound' &&
        conditionOf(app, 'Ready')?.status === 'True'
      );
    });
  });

  it('stops its pods when suspended and starts them again', async () => {
    await createApp(world.client, 'resting');
    await untilSettled(world.client, 'resting');
    await patchApp(world.client, 'resting', { spec: { suspend: true } });
    await until('no pod runs', async () => {
      const { status } = await getApp(world.client, 'resting');
      return status?.phase === 'Suspended' && status.replicas === 0;
    });
    await patchApp(world.client, 'resting', { spec: { suspend: false } });
    await untilSettled(world.client, 'resting');
    expect([script.analyzed, script.exported]).toEqual([1, 1]);
  });
});

describe('a change that fails', () => {
  it('is repaired within the budget', async () => {
    script.generate = (call) => (call === 1 ? badSource : undefined);
    script.check = (files) => (files['src/App.tsx'] === 'BAD' ? refuse('no name x') : undefined);
    await createApp(world.client, 'mended');
    await untilSettled(world.client, 'mended');
    const revisions = await listRevisions(world.client, 'mended');
    expect(revisions.map(({ spec }) => [spec.number, spec.attempt, spec.parent])).toEqual([
      [1, 0, undefined],
      [2, 1, 1],
    ]);
    expect(revisions[0]?.status?.diagnostics?.[0]?.line).toBe(3);
    expect([script.analyzed, script.generated]).toEqual([1, 2]);
    expect((await getApp(world.client, 'mended')).status?.tokens).toMatchObject({ repair: 110 });
  });

  it('stops at the same findings twice, says where they are, and leaves the old revision serving', async () => {
    await createApp(world.client, 'stuck');
    await untilSettled(world.client, 'stuck');
    script.generate = () => badSource;
    script.check = () => refuse('no name x');
    await patchApp(world.client, 'stuck', { spec: { changes: [change('c1')] } });
    await until('it is stalled', async () => {
      const app = await getApp(world.client, 'stuck');
      return conditionOf(app, 'Stalled')?.reason === 'RepairExhausted';
    });
    const app = await getApp(world.client, 'stuck');
    expect(conditionOf(app, 'Stalled')?.message).toContain('src/App.tsx:3:7 no name x');
    expect(conditionOf(app, 'Ready')).toMatchObject({ status: 'True' });
    expect(app.status?.revision).toBe(1);
    expect(script.generated).toBe(3);
    // A later change does not wait for the one that failed.
    delete script.generate;
    delete script.check;
    await patchApp(world.client, 'stuck', { spec: { changes: [change('c1'), change('c2')] } });
    await until(
      'the next change serves',
      async () => (await getApp(world.client, 'stuck')).status?.revision === 4,
    );
    const last = (await listRevisions(world.client, 'stuck')).at(-1);
    expect(last?.spec.files?.[0]?.content).toContain('// change c2\n');
  });

  it('is tried again on request', async () => {
    script.generate = () => badSource;
    script.check = () => refuse('no name x');
    await createApp(world.client, 'again', { budget: { repairs: 0 } });
    await until(
      'it is stalled',
      async () => (await getApp(world.client, 'again')).status?.phase === 'Failed',
    );
    delete script.generate;
    delete script.check;
    await annotate('again', 'requestedAt', 'now');
    await untilSettled(world.client, 'again');
    expect((await getApp(world.client, 'again')).status).toMatchObject({
      revision: 2,
      lastHandledRequest: 'now',
    });
  });

  it('waits for a model that is away, with the time of the next try in the status, and is hurried by a request', async () => {
    script.generate = (call) =>
      call === 1
        ? {
            ok: false,
            reason: 'LLMUnavailable',
            message: 'The model does not answer.',
            retriable: true,
            tokens: { input: 0, output: 0, calls: 1 },
          }
        : undefined;
    await createApp(world.client, 'waiting');
    await until(
      'it waits',
      async () => (await getApp(world.client, 'waiting')).status?.nextRetryTime !== undefined,
    );
    const app = await getApp(world.client, 'waiting');
    expect(conditionOf(app, 'Generated')).toMatchObject({ status: 'False', reason: 'LLMUnavailable' });
    expect(conditionOf(app, 'Stalled')).toBeUndefined();
    await annotate('waiting', 'requestedAt', 'hurry');
    await untilSettled(world.client, 'waiting', 4);
    expect([script.analyzed, script.generated]).toEqual([1, 2]);
  });

  it('is rolled back when its pods do not become ready', async () => {
    await createApp(world.client, 'sick');
    await untilSettled(world.client, 'sick');
    script.sick.add(2);
    await patchApp(world.client, 'sick', { spec: { changes: [change('c1')] } });
    await until('it is rolled back', async () => {
      const app = await getApp(world.client, 'sick');
      return conditionOf(app, 'Ready')?.reason === 'RolledBack';
    });
    const app = await getApp(world.client, 'sick');
    expect(conditionOf(app, 'Ready')?.status).toBe('True');
    expect(conditionOf(app, 'Stalled')?.reason).toBe('PodsNotReady');
    expect(await withImage('sick')).toBe(app.status?.image);
    expect(app.status?.revision).toBe(1);
  });

  it('says that BuildKit is away and goes on when it is back', async () => {
    let away = true;
    script.exportImage = () =>
      away
        ? { ok: false, reason: 'BuildUnavailable', message: 'BuildKit cannot be used: refused', log: 'x' }
        : undefined;
    await createApp(world.client, 'unbuilt');
    await until('it says so', async () => {
      const condition = conditionOf(await getApp(world.client, 'unbuilt'), 'Built');
      return condition?.reason === 'BuildUnavailable' && condition.status === 'False';
    });
    expect(conditionOf(await getApp(world.client, 'unbuilt'), 'Validated')?.status).toBe('True');
    away = false;
    await untilSettled(world.client, 'unbuilt');
    expect(script.generated).toBe(1);
  });
});

describe('what belongs to an app', () => {
  it.each(Object.keys(CHILDREN) as ChildKind[])('%s is restored when it is deleted by hand', async (kind) => {
    const name = `del-${kind.toLowerCase()}`.slice(0, 30);
    await createApp(world.client, name);
    await untilSettled(world.client, name);
    const before = await childOf(kind, name);
    if (before) await world.client.delete(CHILDREN[kind], before.metadata);
    await until(
      'it is back',
      async () => {
        const now = await childOf(kind, name);
        return now !== undefined && now.metadata.uid !== before?.metadata.uid;
      },
      10,
    );
    await untilSettled(world.client, name);
  });

  it.each<[ChildKind, Record<string, unknown>]>([
    ['Deployment', { spec: { replicas: 3, template: { spec: { automountServiceAccountToken: true } } } }],
    ['Service', { spec: { selector: { 'faibric.dev/app': 'another' } } }],
    ['NetworkPolicy', { spec: { egress: [{}] } }],
    ['IngressRoute', { spec: { routes: [] } }],
    ['Middleware', { spec: { headers: { customRequestHeaders: { 'X-Faibric-App': 'another' } } } }],
    ['ServiceAccount', { automountServiceAccountToken: true }],
  ])('%s is restored when it is changed by hand', async (kind, body) => {
    const name = `edit-${kind.toLowerCase()}`.slice(0, 30);
    await createApp(world.client, name);
    await untilSettled(world.client, name);
    const { spec: wanted } = (await childOf(kind, name)) as KubeObject & { spec?: object };
    const before = await childOf(kind, name);
    if (!before) throw new Error(`there is no ${kind}`);
    await world.client.patch(CHILDREN[kind], { ...before.metadata, patch: { type: 'merge', body } });
    await until(
      'it is as before',
      async () => {
        const now = (await childOf(kind, name)) as KubeObject & { spec?: object };
        return (
          JSON.stringify(now.spec) === JSON.stringify(wanted) &&
          !('automountServiceAccountToken' in now && now.automountServiceAccountToken)
        );
      },
      10,
    );
    await untilSettled(world.client, name);
  });

  it('goes with it, also while it is being made', async () => {
    let release = (): void => {};
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    await createApp(world.client, 'gone');
    await until('it has children', async () => (await leftovers()).length > 4);
    await world.client.delete(APPS, { name: 'gone', namespace: NAMESPACE });
    await until('all is gone', async () => (await leftovers()).length === 0, 30);
    release();
    await blocked;
  });

  it('is collected when the operator is down', async () => {
    await createApp(world.client, 'orphan');
    await untilSettled(world.client, 'orphan');
    await running.stop();
    await world.client.delete(APPS, { name: 'orphan', namespace: NAMESPACE });
    await until('all is gone', async () => (await leftovers()).length === 0, 30);
    running = startOperator(world, () => script);
  });

  it('never includes the id of an older app', async () => {
    await createApp(world.client, 'older', { id: 'shared1' });
    await untilSettled(world.client, 'older');
    await createApp(world.client, 'younger', { id: 'shared1' });
    await until(
      'it says so',
      async () => conditionOf(await getApp(world.client, 'younger'), 'Stalled')?.reason === 'IdTaken',
    );
    expect(await childOf('IngressRoute', 'younger')).toBeUndefined();
    await world.client.delete(APPS, { name: 'older', namespace: NAMESPACE });
    await untilSettled(world.client, 'younger');
  });

  it('keeps only so many old revisions, and the live one', async () => {
    await createApp(world.client, 'long', { revisionHistoryLimit: 1 });
    await untilSettled(world.client, 'long');
    for (const number of [2, 3, 4]) {
      const changes = Array.from({ length: number - 1 }, (_, at) => change(`c${at + 1}`));
      await patchApp(world.client, 'long', { spec: { changes } });
      await until(
        `revision ${number} serves`,
        async () => (await getApp(world.client, 'long')).status?.revision === number,
      );
      await untilSettled(world.client, 'long');
    }
    await until('two are left', async () => (await listRevisions(world.client, 'long')).length === 2);
    expect((await listRevisions(world.client, 'long')).map(({ spec }) => spec.number)).toEqual([3, 4]);
    await untilSettled(world.client, 'long');
    expect((await getApp(world.client, 'long')).status?.tokens?.total).toBe(4 * 220);
  });
});
