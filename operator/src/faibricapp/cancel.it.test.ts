// Cancelling against a real API server, by the annotation that a person would set with kubectl: the model call that
// hangs is cut off, the revision says why, and what served goes on serving.
import { describe, expect, it } from 'vitest';
import type { EngineIo, Outcome, SourceFiles } from '../engines/engine.ts';
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

/** A model that writes for ever, until it is stopped; it is paid for what it wrote. */
const endless = (io: EngineIo): Promise<Outcome<SourceFiles>> =>
  new Promise((resolve) => {
    const tokens = { input: 100, output: 40, calls: 1, estimated: true };
    io.signal.addEventListener('abort', () =>
      resolve({ ok: false, reason: 'Cancelled', message: 'stopped', retriable: true, tokens }),
    );
  });

const cancel = (name: string, value: string) => at.annotate(name, 'cancelRequestedAt', value);

describe('a request to cancel', () => {
  it('stops the model within a second, and the app keeps what it served', async () => {
    await createApp(at.client, 'halted');
    await untilSettled(at.client, 'halted');
    let stopped = false;
    at.script.generate = (_call, io) => {
      io.signal.addEventListener('abort', () => {
        stopped = true;
      });
      return endless(io);
    };
    await patchApp(at.client, 'halted', { spec: { changes: [change('c1')] } });
    await until('the model is asked', async () => at.script.generated === 2);
    await cancel('halted', 'once');
    await until('the model is stopped', async () => stopped, 1);
    await until('it is cancelled', async () => {
      const app = await getApp(at.client, 'halted');
      return conditionOf(app, 'Stalled')?.reason === 'Cancelled';
    });
    const app = await getApp(at.client, 'halted');
    expect(conditionOf(app, 'Ready')).toMatchObject({ status: 'True' });
    expect([app.status?.revision, app.status?.lastHandledCancel]).toEqual([1, 'once']);
    await until('what it cost is recorded', async () => {
      const last = (await listRevisions(at.client, 'halted')).at(-1);
      return last?.status?.tokens?.generate === 140;
    });
    const revision = (await listRevisions(at.client, 'halted')).at(-1);
    expect(revision?.status?.conditions).toContainEqual(
      expect.objectContaining({ type: 'Generated', status: 'False', reason: 'Cancelled' }),
    );
    expect(revision?.status?.calls?.at(-1)).toMatchObject({ state: 'Failed', reason: 'Cancelled' });
    // A retry goes on with it.
    delete at.script.generate;
    await at.annotate('halted', 'requestedAt', 'again');
    await until('it serves', async () => (await getApp(at.client, 'halted')).status?.revision === 2);
  });

  it('holds for all that was asked, and not for what is asked later', async () => {
    await createApp(at.client, 'queued');
    await untilSettled(at.client, 'queued');
    at.script.generate = (_call, io) => endless(io);
    await patchApp(at.client, 'queued', { spec: { changes: [change('c1'), change('c2')] } });
    await until('the model is asked', async () => at.script.generated === 2);
    await cancel('queued', 'all');
    await until('it is done with', async () => {
      const { status } = await getApp(at.client, 'queued');
      return status?.lastHandledCancel === 'all';
    });
    expect(at.script.generated).toBe(2);
    delete at.script.generate;
    const later = [change('c1'), change('c2'), change('c3')];
    await patchApp(at.client, 'queued', { spec: { changes: later } });
    await until('the later change serves', async () => {
      const last = (await listRevisions(at.client, 'queued')).at(-1);
      const { status } = await getApp(at.client, 'queued');
      return last?.spec.change === 'c3' && status?.revision === last.spec.number;
    });
    const source = (await listRevisions(at.client, 'queued')).at(-1)?.spec.files?.[0]?.content;
    expect(source).toContain('// change c3\n');
  });

  it('is done with at once when nothing is in work', async () => {
    await createApp(at.client, 'calm');
    await untilSettled(at.client, 'calm');
    await cancel('calm', 'needless');
    await until('it is echoed', async () => {
      const { status } = await getApp(at.client, 'calm');
      return status?.lastHandledCancel === 'needless';
    });
    expect(await listRevisions(at.client, 'calm')).toHaveLength(1);
  });
});
