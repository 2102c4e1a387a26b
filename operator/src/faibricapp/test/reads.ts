// What tests read from and write to the cluster as a person would, and how they wait for it.
import type { FaibricApp, FaibricRevision } from '@faibric/crds';
import type { KubeClient, KubeObject } from '../../runtime/kube-client.ts';
import { APPS, REVISIONS } from '../resource-types.ts';

/** Namespace of the apps. */
export const NAMESPACE = 'faibric-apps';

/** Polls until `check` is true. */
export const until = async (what: string, check: () => Promise<boolean>, seconds = 20): Promise<void> => {
  let problem: unknown;
  for (let left = seconds * 20; left > 0; left -= 1) {
    try {
      if (await check()) return;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${seconds} s in vain until ${what}`, { cause: problem });
};

export const listApps = async (client: KubeClient): Promise<FaibricApp[]> =>
  (await client.list<KubeObject>(APPS, { namespace: NAMESPACE })).items as unknown as FaibricApp[];

export const getApp = async (client: KubeClient, name: string): Promise<FaibricApp> =>
  (await client.get<KubeObject>(APPS, { name, namespace: NAMESPACE })) as unknown as FaibricApp;

export const listRevisions = async (client: KubeClient, app: string): Promise<FaibricRevision[]> => {
  const { items } = await client.list<KubeObject>(REVISIONS, { namespace: NAMESPACE });
  const all = items as unknown as FaibricRevision[];
  return all.filter(({ spec }) => spec.app === app).sort((a, b) => a.spec.number - b.spec.number);
};

export const createApp = (
  client: KubeClient,
  name: string,
  spec: Record<string, unknown> = {},
): Promise<KubeObject> =>
  client.create(APPS, {
    apiVersion: 'faibric.dev/v1alpha1',
    kind: 'FaibricApp',
    metadata: { name, namespace: NAMESPACE },
    ...{ spec: { prompt: 'a plant tracker', ...spec } },
  } as KubeObject);

export const patchApp = (
  client: KubeClient,
  name: string,
  body: Record<string, unknown>,
): Promise<KubeObject> => client.patch(APPS, { name, namespace: NAMESPACE, patch: { type: 'merge', body } });

export const conditionOf = (app: FaibricApp, type: string) =>
  app.status?.conditions?.find((condition) => condition.type === type);

/** Waits until the app says Ready for the newest generation and nothing is under way. */
export const untilSettled = async (client: KubeClient, name: string, seconds = 20): Promise<void> => {
  let last: FaibricApp | undefined;
  const check = async () => {
    const app = await getApp(client, name);
    last = app;
    const current = app.status?.observedGeneration === app.metadata.generation;
    return current && conditionOf(app, 'Ready')?.status === 'True' && !conditionOf(app, 'Reconciling');
  };
  await until(`${name} is ready`, check, seconds).catch(async (error: unknown) => {
    const revisions = await listRevisions(client, name);
    console.log(JSON.stringify([last?.status, revisions.map(({ status }) => status)], null, 1));
    throw error;
  });
};
