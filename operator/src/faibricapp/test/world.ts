// A real API server with real controllers for Deployments and garbage, and an operator on it whose engines, builder
// and route are stand-ins that count. A stand-in kubelet makes pods ready: there is no node here.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type ApiServer, startApiServer } from '../../../test/api-server.ts';
import { createKubeClient } from '../../adapters/kubernetes/kube-http-client.ts';
import { loadKubeConfig } from '../../adapters/kubernetes/pooled-client.ts';
import { NO_WORK_STREAM, type WorkStream } from '../../ports.ts';
import { systemClock } from '../../runtime/clock.ts';
import type { KubeClient, KubeObject, ResourceType } from '../../runtime/kube-client.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createReflector } from '../../runtime/reflector.ts';
import type { AppEvent } from '../events.ts';
import type { Settings } from '../facts.ts';
import { createOperator, type Operator } from '../operator.ts';
import { APPS, PODS, REVISIONS } from '../resource-types.ts';
import { listApps, NAMESPACE, until } from './reads.ts';
import { makeBuilder, makeEngine, type Script } from './stand-ins.ts';

const TEST_SETTINGS: Settings = {
  domain: 'localhost',
  publicPort: 80,
  defaultOwner: 'me',
  systemNamespace: 'faibric-system',
  traefikNamespace: 'faibric-system',
  apiService: 'faibric-api',
  proxyMiddleware: 'faibric-proxy@file',
  modelConfigured: true,
  defaultModel: 'test-model',
  deployDeadlineSeconds: 5,
  probeIntervalSeconds: 600,
};

const crdType: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};
const namespaceType: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
};

const openCrd = (kind: string): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${kind.toLowerCase()}s.traefik.io` },
  ...{
    spec: {
      group: 'traefik.io',
      scope: 'Namespaced',
      names: {
        kind,
        listKind: `${kind}List`,
        plural: `${kind.toLowerCase()}s`,
        singular: kind.toLowerCase(),
      },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  },
});

/** A started world. */
export interface World {
  readonly server: ApiServer;
  readonly client: KubeClient;
  stop(): Promise<void>;
}

const whenServed = async (client: KubeClient, type: ResourceType): Promise<void> => {
  await until(`${type.plural} are served`, async () => {
    await client.list(type, { namespace: NAMESPACE });
    return true;
  });
};

/** Starts the API server with Faibric's and Traefik's definitions and a stand-in kubelet. */
export const startWorld = async (script: () => Script): Promise<World> => {
  const server = await startApiServer();
  const client = createKubeClient(loadKubeConfig({ file: server.kubeconfig }), { fieldManager: 'test' });
  const root = join(import.meta.dirname, '../../../../crds');
  for (const name of ['faibricapps.yaml', 'faibricrevisions.yaml']) {
    await client.create(crdType, parse(await readFile(join(root, name), 'utf8')) as KubeObject);
  }
  for (const kind of ['IngressRoute', 'Middleware']) await client.create(crdType, openCrd(kind));
  await client.create(namespaceType, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  await whenServed(client, APPS);
  await whenServed(client, REVISIONS);
  // Now that our kinds are served, or its garbage collector would not know them for half a minute.
  server.startControllerManager();
  const ending = new AbortController();
  const kubelet = startKubelet(client, script, ending.signal);
  return {
    server,
    client,
    stop: async () => {
      ending.abort();
      await kubelet;
      await client.close();
      await server.stop();
    },
  };
};

const startKubelet = (client: KubeClient, script: () => Script, signal: AbortSignal): Promise<void> => {
  const pods = createReflector<KubeObject>({
    client,
    type: PODS,
    namespace: NAMESPACE,
    logger: silentLogger,
  });
  pods.onChange(({ type, object }) => {
    if (type !== 'added') return;
    const revision = Number(object.metadata.labels?.['faibric.dev/revision']);
    if (!script().sick.has(revision)) void makeReady(client, object);
  });
  return pods.start(signal);
};

const makeReady = async (client: KubeClient, pod: KubeObject): Promise<void> => {
  const condition = { type: 'Ready', status: 'True', lastTransitionTime: new Date().toISOString() };
  const body = { status: { phase: 'Running', conditions: [condition] } };
  const { name, namespace } = pod.metadata;
  // It may be gone already.
  await client
    .patch(PODS, { name, namespace, patch: { type: 'merge', body } }, { subresource: 'status' })
    .catch(() => undefined);
};

/** An operator that runs in this process until it is stopped. */
export interface RunningOperator {
  readonly operator: Operator;
  readonly events: AppEvent[];
  stop(): Promise<void>;
}

const answerOf = async (
  client: KubeClient,
  host: string,
): Promise<{ status: number; revision: string | undefined }> => {
  const app = (await listApps(client)).find(({ status }) => status?.host === host);
  const pods = await client.list<KubeObject & { status?: { conditions?: { type: string }[] } }>(PODS, {
    namespace: NAMESPACE,
  });
  const ready = pods.items
    .filter(
      ({ metadata }) =>
        metadata.labels?.['faibric.dev/app'] === app?.metadata.name && !metadata.deletionTimestamp,
    )
    .filter(({ status }) => status?.conditions?.some(({ type }) => type === 'Ready'))
    .map(({ metadata }) => Number(metadata.labels?.['faibric.dev/revision']));
  return ready.length === 0
    ? { status: 503, revision: undefined }
    : { status: 200, revision: String(Math.max(...ready)) };
};

/** Starts an operator; `client` may be one that fails or counts. */
export const startOperator = (
  world: World,
  script: () => Script,
  options: { client?: KubeClient; settings?: Partial<Settings>; stream?: WorkStream } = {},
): RunningOperator => {
  const events: AppEvent[] = [];
  const engine = makeEngine(script());
  const operator = createOperator({
    client: options.client ?? operatorClient(world),
    namespace: NAMESPACE,
    settings: { ...TEST_SETTINGS, ...options.settings },
    engines: { builtin: engine, blueprint: engine, freeform: engine },
    builder: makeBuilder(script()),
    checkSource: () => [],
    ask: (host) => answerOf(world.client, host),
    events: { record: (event) => void events.push(event) },
    limits: { analyze: 4, generate: 4, build: 2, probe: 8 },
    metrics: { step: () => {}, tokens: () => {} },
    stream: options.stream ?? NO_WORK_STREAM,
    clock: systemClock,
    logger: process.env.TEST_LOG ? { ...console, debug: () => {} } : silentLogger,
  });
  const ending = new AbortController();
  const done = Promise.all([operator.follow(ending.signal), operator.lead(ending.signal)]);
  return {
    operator,
    events,
    stop: async () => {
      ending.abort();
      await done;
    },
  };
};

/** A client as the operator's process makes one. */
export const operatorClient = (world: World): KubeClient =>
  createKubeClient(loadKubeConfig({ file: world.server.kubeconfig }), { fieldManager: 'faibric-operator' });

/** A client that counts and may refuse mutating calls: `before` runs before each, `after` when the server has answered. */
export const watchedWrites = (
  client: KubeClient,
  hooks: { before?: (call: number, what: string) => void; after?: (call: number, what: string) => void },
): KubeClient => {
  let calls = 0;
  const around =
    <A extends unknown[], R>(what: string, write: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      calls += 1;
      const call = calls;
      const type = given[0] as ResourceType;
      hooks.before?.(call, `${what} ${type.kind}`);
      const answer = await write(...given);
      hooks.after?.(call, `${what} ${type.kind}`);
      return answer;
    };
  return {
    get: client.get,
    list: client.list,
    watch: client.watch,
    create: around('create', client.create) as KubeClient['create'],
    apply: around('apply', client.apply) as KubeClient['apply'],
    replace: around('replace', client.replace) as KubeClient['replace'],
    patch: around('patch', client.patch) as KubeClient['patch'],
    delete: around('delete', client.delete),
  };
};

/** A client of the operator that counts its writes. */
export const countWrites = (world: World): { client: KubeClient; writes: () => number } => {
  let count = 0;
  const client = watchedWrites(operatorClient(world), { before: () => (count += 1) });
  return { client, writes: () => count };
};
