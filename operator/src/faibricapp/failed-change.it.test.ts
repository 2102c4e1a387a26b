// Changes that fail, against a real API server: what served goes on serving, and the status says what to do.
import { describe, expect, it } from 'vitest';
import type { Outcome, SourceFiles } from '../engines/engine.ts';
import type { KubeObject } from '../runtime/kube-client.ts';
import { change, useWorld } from './test/harness.ts';
import {
  conditionOf,
  createApp,
  getApp,
  listRevisions,
  patchApp,
  until,
  untilSettled,
} from './test/reads.ts';

const at = useWorld();

const withImage = async (name: string): Promise<string> => {
  const deployment = (await at.childOf('Deployment', name)) as KubeObject & {
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

describe('a change that fails', () => {
  it('is repaired within the budget', async () => {
    at.script.generate = (call) => (call === 1 ? badSource : undefined);
    at.script.check = (files) => (files['src/App.tsx'] === 'BAD' ? refuse('no name x') : undefined);
    await createApp(at.client, 'mended');
    await untilSettled(at.client, 'mended');
    const revisions = await listRevisions(at.client, 'mended');
    expect(revisions.map(({ spec }) => [spec.number, spec.attempt, spec.parent])).toEqual([
      [1, 0, undefined],
      [2, 1, 1],
    ]);
    expect(revisions[0]?.status?.diagnostics?.[0]?.line).toBe(3);
    expect([at.script.analyzed, at.script.generated]).toEqual([1, 2]);
    expect((await getApp(at.client, 'mended')).status?.tokens).toMatchObject({ repair: 110 });
  });

  it('stops at the same findings twice, says where they are, and leaves the old revision serving', async () => {
    await createApp(at.client, 'stuck');
    await untilSettled(at.client, 'stuck');
    at.script.generate = () => badSource;
    at.script.check = () => refuse('no name x');
    await patchApp(at.client, 'stuck', { spec: { changes: [change('c1')] } });
    await until('it is stalled', async () => {
      const app = await getApp(at.client, 'stuck');
      return conditionOf(app, 'Stalled')?.reason === 'RepairExhausted';
    });
    const app = await getApp(at.client, 'stuck');
    expect(conditionOf(app, 'Stalled')?.message).toContain('src/App.tsx:3:7 no name x');
    expect(conditionOf(app, 'Ready')).toMatchObject({ status: 'True' });
    expect(app.status?.revision).toBe(1);
    expect(at.script.generated).toBe(3);
    // A later change does not wait for the one that failed.
    delete at.script.generate;
    delete at.script.check;
    await patchApp(at.client, 'stuck', { spec: { changes: [change('c1'), change('c2')] } });
    await until(
      'the next change serves',
      async () => (await getApp(at.client, 'stuck')).status?.revision === 4,
    );
    const last = (await listRevisions(at.client, 'stuck')).at(-1);
    expect(last?.spec.files?.[0]?.content).toContain('// change c2\n');
  });

  it('is tried again on request', async () => {
    at.script.generate = () => badSource;
    at.script.check = () => refuse('no name x');
    await createApp(at.client, 'again', { budget: { repairs: 0 } });
    await until('it is stalled', async () => (await getApp(at.client, 'again')).status?.phase === 'Failed');
    delete at.script.generate;
    delete at.script.check;
    await at.annotate('again', 'requestedAt', 'now');
    await untilSettled(at.client, 'again');
    expect((await getApp(at.client, 'again')).status).toMatchObject({
      revision: 2,
      lastHandledRequest: 'now',
    });
  });

  it('waits for a model that is away, with the time of the next try in the status, and is hurried by a request', async () => {
    at.script.generate = (call) =>
      call === 1
        ? {
            ok: false,
            reason: 'LLMUnavailable',
            message: 'The model does not answer.',
            retriable: true,
            tokens: { input: 0, output: 0, calls: 1 },
          }
        : undefined;
    await createApp(at.client, 'waiting');
    await until(
      'it waits',
      async () => (await getApp(at.client, 'waiting')).status?.nextRetryTime !== undefined,
    );
    const app = await getApp(at.client, 'waiting');
    expect(conditionOf(app, 'Generated')).toMatchObject({ status: 'False', reason: 'LLMUnavailable' });
    expect(conditionOf(app, 'Stalled')).toBeUndefined();
    await at.annotate('waiting', 'requestedAt', 'hurry');
    await untilSettled(at.client, 'waiting', 4);
    expect([at.script.analyzed, at.script.generated]).toEqual([1, 2]);
  });

  it('is rolled back when its pods do not become ready', async () => {
    await createApp(at.client, 'sick');
    await untilSettled(at.client, 'sick');
    at.script.sick.add(2);
    await patchApp(at.client, 'sick', { spec: { changes: [change('c1')] } });
    await until('it is rolled back', async () => {
      const app = await getApp(at.client, 'sick');
      return conditionOf(app, 'Ready')?.reason === 'RolledBack';
    });
    const app = await getApp(at.client, 'sick');
    expect(conditionOf(app, 'Ready')?.status).toBe('True');
    expect(conditionOf(app, 'Stalled')?.reason).toBe('PodsNotReady');
    expect(await withImage('sick')).toBe(app.status?.image);
    expect(app.status?.revision).toBe(1);
  });

  it('says that BuildKit is away and goes on when it is back', async () => {
    let away = true;
    at.script.exportImage = () =>
      away
        ? { ok: false, reason: 'BuildUnavailable', message: 'BuildKit cannot be used: refused', log: 'x' }
        : undefined;
    await createApp(at.client, 'unbuilt');
    await until('it says so', async () => {
      const condition = conditionOf(await getApp(at.client, 'unbuilt'), 'Built');
      return condition?.reason === 'BuildUnavailable' && condition.status === 'False';
    });
    expect(conditionOf(await getApp(at.client, 'unbuilt'), 'Validated')?.status).toBe('True');
    away = false;
    await untilSettled(at.client, 'unbuilt');
    expect(at.script.generated).toBe(1);
  });
});
