// One world for all tests of a file, an operator for each, and nothing left behind after it.
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { KubeClient, KubeObject } from '../../runtime/kube-client.ts';
import type { ChildKind } from '../facts.ts';
import { APPS, CHILDREN, REVISIONS } from '../resource-types.ts';
import { NAMESPACE, patchApp, until } from './reads.ts';
import { newScript, type Script } from './stand-ins.ts';
import { type RunningOperator, startOperator, startWorld, type World } from './world.ts';

/** What a test works with; the operator and the script are new for each. */
export interface Harness {
  readonly world: World;
  readonly client: KubeClient;
  readonly script: Script;
  running: RunningOperator;
  /** Apps, revisions and children that exist. */
  leftovers(): Promise<string[]>;
  childOf(kind: ChildKind, app: string): Promise<KubeObject | undefined>;
  annotate(name: string, key: string, value: string | null): Promise<KubeObject>;
}

/** A change for spec.changes. */
export const change = (id: string) => ({ id, prompt: `change ${id}` });

const leftoversOf = async (client: KubeClient): Promise<string[]> => {
  const kinds = [APPS, REVISIONS, ...Object.values(CHILDREN)];
  const lists = await Promise.all(kinds.map((type) => client.list(type, { namespace: NAMESPACE })));
  return lists.flatMap(({ items }) => items.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
};

/** Starts the world before the tests of a file and cleans up after each. */
export const useWorld = (): Harness => {
  let world: World;
  let script = newScript();
  const at = {
    get world() {
      return world;
    },
    get client() {
      return world.client;
    },
    get script() {
      return script;
    },
    leftovers: () => leftoversOf(world.client),
    childOf: (kind: ChildKind, app: string) =>
      world.client.get(CHILDREN[kind], {
        name: kind === 'Middleware' ? `${app}-id` : app,
        namespace: NAMESPACE,
      }),
    annotate: (name: string, key: string, value: string | null) =>
      patchApp(world.client, name, { metadata: { annotations: { [`faibric.dev/${key}`]: value } } }),
  } as Harness;
  beforeAll(async () => {
    world = await startWorld(() => script);
  });
  afterAll(() => world.stop());
  beforeEach(() => {
    script = newScript();
    at.running = startOperator(world, () => script);
  });
  afterEach(async () => {
    await at.running.stop();
    const { items } = await world.client.list(APPS, { namespace: NAMESPACE });
    for (const { metadata } of items) await world.client.delete(APPS, metadata);
    // The garbage collector needs half a minute to learn of new kinds.
    await until('all is gone', async () => (await at.leftovers()).length === 0, 60);
  });
  return at;
};
