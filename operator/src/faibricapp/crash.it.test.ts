// Claim F1: the operator dies before or after any of its writes, and a fresh one takes over. Whatever the moment, the
// app becomes Ready once: the same objects, no duplicate, and at most one model call more than without the crash.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KubeClient } from '../runtime/kube-client.ts';
import { KubeError } from '../runtime/kube-error.ts';
import { APPS, CHILDREN, REVISIONS } from './resource-types.ts';
import { createApp, getApp, listRevisions, NAMESPACE, patchApp, until, untilSettled } from './test/reads.ts';
import { newScript, type Script } from './test/stand-ins.ts';
import {
  countWrites,
  operatorClient,
  startOperator,
  startWorld,
  type World,
  watchedWrites,
} from './test/world.ts';

let world: World;
let script: Script = newScript();

beforeAll(async () => {
  world = await startWorld(() => script);
}, 120_000);
afterAll(() => world.stop());
beforeEach(() => {
  script = newScript();
});

const objects = async (): Promise<string[]> => {
  const kinds = [APPS, REVISIONS, ...Object.values(CHILDREN)];
  const lists = await Promise.all(kinds.map((type) => world.client.list(type, { namespace: NAMESPACE })));
  return lists.flatMap(({ items }) => items.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).sort();
};

afterEach(async () => {
  const { items } = await world.client.list(APPS, { namespace: NAMESPACE });
  for (const { metadata } of items) await world.client.delete(APPS, metadata);
  await until('all is gone', async () => (await objects()).length === 0, 60);
});

/** A client whose process dies at the given write: nothing it does afterwards reaches the server. */
const dying = (at: number, when: 'before' | 'after', died: () => void): KubeClient => {
  let dead = false;
  const die = (): never => {
    dead = true;
    died();
    throw new KubeError({ kind: 'unavailable' }, 'the process is dead');
  };
  return watchedWrites(operatorClient(world), {
    before: (call) => {
      if (dead || (when === 'before' && call === at)) die();
    },
    after: (call) => {
      if (dead || (when === 'after' && call === at)) die();
    },
  });
};

/** Runs an operator until it dies or all is done; then a fresh one to the end. */
const survive = async (
  at: number,
  when: 'before' | 'after',
  isDone: () => Promise<void>,
): Promise<boolean> => {
  let dead = false;
  const first = startOperator(world, () => script, {
    client: dying(at, when, () => {
      dead = true;
    }),
  });
  await Promise.race([until('it died', async () => dead, 60), isDone()]);
  await first.stop();
  const second = startOperator(world, () => script);
  await isDone();
  await second.stop();
  return dead;
};

const story = {
  // Steps of this engine follow each other without a look of the reconciler between them.
  'create without a model': async () => {
    await createApp(world.client, 'crashed', { engine: 'builtin' });
    return () => untilSettled(world.client, 'crashed', 60);
  },
  create: async () => {
    await createApp(world.client, 'crashed');
    return () => untilSettled(world.client, 'crashed', 60);
  },
  change: async () => {
    await createApp(world.client, 'crashed');
    const running = startOperator(world, () => script);
    await untilSettled(world.client, 'crashed', 60);
    await running.stop();
    Object.assign(script, newScript());
    await patchApp(world.client, 'crashed', { spec: { changes: [{ id: 'c1', prompt: 'change c1' }] } });
    return async () => {
      await until(
        'revision 2 serves',
        async () => (await getApp(world.client, 'crashed')).status?.revision === 2,
        60,
      );
      await untilSettled(world.client, 'crashed', 60);
    };
  },
};

describe.each(['create', 'create without a model', 'change'] as const)('a crash during %s', (what) => {
  it('changes nothing in the end, at whichever write it happens', async () => {
    const done = await story[what]();
    const counted = countWrites(world);
    const reference = startOperator(world, () => script, { client: counted.client });
    await done();
    await reference.stop();
    const expected = await objects();
    const calls = script.analyzed + script.generated;
    // Dying before a write is dying after the one before it, but for the first.
    const points = Array.from({ length: counted.writes() }, (_, at) => ({
      at: at + 1,
      when: 'after' as const,
    }));
    for (const { at, when } of [{ at: 1, when: 'before' as const }, ...points]) {
      await world.client.delete(APPS, { name: 'crashed', namespace: NAMESPACE });
      await until('all is gone', async () => (await objects()).length === 0, 60);
      Object.assign(script, newScript());
      const isDone = await story[what]();
      await survive(at, when, isDone);
      const because = `crash ${when} write ${at} of ${counted.writes()}`;
      expect(await objects(), because).toEqual(expected);
      expect(script.analyzed + script.generated, because).toBeLessThanOrEqual(calls + 1);
      const numbers = (await listRevisions(world.client, 'crashed')).map(({ spec }) => spec.number);
      expect(numbers, because).toEqual(what === 'change' ? [1, 2] : [1]);
    }
  }, 900_000);
});
