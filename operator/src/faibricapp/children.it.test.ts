// What belongs to an app, against a real API server: restored, deleted with it, and never taken from another.
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../runtime/kube-client.ts';
import type { ChildKind } from './facts.ts';
import { APPS, CHILDREN } from './resource-types.ts';
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
import { startOperator } from './test/world.ts';

const at = useWorld();

describe('what belongs to an app', () => {
  it.each(Object.keys(CHILDREN) as ChildKind[])('%s is restored when it is deleted by hand', async (kind) => {
    const name = `del-${kind.toLowerCase()}`.slice(0, 30);
    await createApp(at.client, name);
    await untilSettled(at.client, name);
    const before = await at.childOf(kind, name);
    if (before) await at.client.delete(CHILDREN[kind], before.metadata);
    await until(
      'it is back',
      async () => {
        const now = await at.childOf(kind, name);
        return now !== undefined && now.metadata.uid !== before?.metadata.uid;
      },
      10,
    );
    await untilSettled(at.client, name);
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
    await createApp(at.client, name);
    await untilSettled(at.client, name);
    const { spec: wanted } = (await at.childOf(kind, name)) as KubeObject & { spec?: object };
    const before = await at.childOf(kind, name);
    if (!before) throw new Error(`there is no ${kind}`);
    await at.client.patch(CHILDREN[kind], { ...before.metadata, patch: { type: 'merge', body } });
    await until(
      'it is as before',
      async () => {
        const now = (await at.childOf(kind, name)) as KubeObject & { spec?: object };
        return (
          JSON.stringify(now.spec) === JSON.stringify(wanted) &&
          !('automountServiceAccountToken' in now && now.automountServiceAccountToken)
        );
      },
      10,
    );
    await untilSettled(at.client, name);
  });

  it('goes with it, also while it is being made', async () => {
    let release = (): void => {};
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    await createApp(at.client, 'gone');
    await until('it has children', async () => (await at.leftovers()).length > 4);
    await at.client.delete(APPS, { name: 'gone', namespace: NAMESPACE });
    await until('all is gone', async () => (await at.leftovers()).length === 0, 30);
    release();
    await blocked;
  });

  it('is collected when the operator is down', async () => {
    await createApp(at.client, 'orphan');
    await untilSettled(at.client, 'orphan');
    await at.running.stop();
    await at.client.delete(APPS, { name: 'orphan', namespace: NAMESPACE });
    await until('all is gone', async () => (await at.leftovers()).length === 0, 30);
    at.running = startOperator(at.world, () => at.script);
  });

  it('never includes the id of an older app', async () => {
    await createApp(at.client, 'older', { id: 'shared1' });
    await untilSettled(at.client, 'older');
    await createApp(at.client, 'younger', { id: 'shared1' });
    await until(
      'it says so',
      async () => conditionOf(await getApp(at.client, 'younger'), 'Stalled')?.reason === 'IdTaken',
    );
    expect(await at.childOf('IngressRoute', 'younger')).toBeUndefined();
    await at.client.delete(APPS, { name: 'older', namespace: NAMESPACE });
    await untilSettled(at.client, 'younger');
  });

  it('keeps only so many old revisions, and the live one', async () => {
    await createApp(at.client, 'long', { revisionHistoryLimit: 1 });
    await untilSettled(at.client, 'long');
    for (const number of [2, 3, 4]) {
      const changes = Array.from({ length: number - 1 }, (_, at) => change(`c${at + 1}`));
      await patchApp(at.client, 'long', { spec: { changes } });
      await until(
        `revision ${number} serves`,
        async () => (await getApp(at.client, 'long')).status?.revision === number,
      );
      await untilSettled(at.client, 'long');
    }
    await until('two are left', async () => (await listRevisions(at.client, 'long')).length === 2);
    expect((await listRevisions(at.client, 'long')).map(({ spec }) => spec.number)).toEqual([3, 4]);
    await untilSettled(at.client, 'long');
    expect((await getApp(at.client, 'long')).status?.tokens?.total).toBe(4 * 220);
  });
});
