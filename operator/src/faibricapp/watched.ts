// From what the API server sends to what the caches keep. Runs once per event: zod parses here, so that nothing after
// it meets an outside value, and source text is dropped here, so that a thousand apps fit into memory.
import { appSpec, appStatus, objectMeta, revisionSpec, revisionStatus, sourceFile } from '@faibric/crds';
import { z } from 'zod';
import type { KubeObject } from '../runtime/kube-client.ts';
import { sourceDigest } from './digest.ts';
import type { DeploymentFact, Metadata, PodFact, WatchedApp, WatchedRevision } from './facts.ts';

// zod says `undefined` of absent members, the client's type says absent; they are the same object.
const metaOf = (parsed: z.infer<typeof objectMeta>): Metadata => parsed as Metadata;

const files = z.object({ files: z.array(sourceFile) });

const app = z.object({ metadata: objectMeta, spec: appSpec, status: appStatus.default({}) });

/** A FaibricApp for the cache. Throws on what the schema refuses; the reflector logs that and leaves it out. */
export const watchApp = (object: KubeObject): WatchedApp => {
  const { metadata, spec, status } = app.parse(object);
  const { source, ...rest } = spec;
  return {
    metadata: metaOf(metadata),
    spec: rest,
    status,
    ...(source && { sourceDigest: sourceDigest(source.files) }),
  };
};

const revision = z.object({
  metadata: objectMeta,
  spec: revisionSpec.omit({ files: true }).extend({ files: z.array(z.unknown()).optional() }),
  status: revisionStatus.default({}),
});

/** A FaibricRevision for the cache. */
export const watchRevision = (object: KubeObject): WatchedRevision => {
  const { metadata, spec, status } = revision.parse(object);
  const { files: text, ...rest } = spec;
  return { metadata: metaOf(metadata), spec: rest, hasFiles: text !== undefined && text.length > 0, status };
};

/** The source files of an app or a revision, read from the whole object. */
export const readFiles = (holder: unknown): Record<string, string> => {
  const found = files.parse(holder).files;
  return Object.fromEntries(found.map(({ path, content }) => [path, content]));
};

const kubeConditions = z
  .array(
    z.looseObject({
      type: z.string(),
      status: z.string(),
      reason: z.string().optional(),
      message: z.string().optional(),
    }),
  )
  .default([]);

const containerState = z.looseObject({
  reason: z.string().optional(),
  message: z.string().optional(),
});

const pod = z.looseObject({
  metadata: objectMeta,
  status: z
    .looseObject({
      phase: z.string().optional(),
      conditions: kubeConditions,
      containerStatuses: z
        .array(
          z.looseObject({
            restartCount: z.number(),
            state: z
              .looseObject({ waiting: containerState.optional(), terminated: containerState.optional() })
              .default({}),
            lastState: z.looseObject({ terminated: containerState.optional() }).default({}),
          }),
        )
        .default([]),
    })
    .default({ conditions: [], containerStatuses: [] }),
});

/** A pod for the cache: the facts, and the metadata by which it is found. */
export interface WatchedPod extends KubeObject {
  readonly fact: PodFact;
}

const CALM = ['ContainerCreating', 'PodInitializing'];

const waitingOf = ({ status }: z.infer<typeof pod>): PodFact['waiting'] => {
  const [container] = status.containerStatuses;
  const waiting = container?.state.waiting;
  if (waiting?.reason && !CALM.includes(waiting.reason)) {
    const last = container?.lastState.terminated?.reason;
    const message = [waiting.message, last && `last end: ${last}`].filter(Boolean).join('; ');
    return { reason: waiting.reason, message: message || 'no message' };
  }
  const scheduled = status.conditions.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status !== 'False') return undefined;
  return { reason: scheduled.reason ?? 'Unschedulable', message: scheduled.message ?? 'no message' };
};

/** A pod of an app for the cache. */
export const watchPod = (object: KubeObject): WatchedPod => {
  const parsed = pod.parse(object);
  const { metadata, status } = parsed;
  // A pod on its way out still reads Ready; it serves no more.
  const alive = metadata.deletionTimestamp === undefined;
  const ready = status.conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True');
  const waiting = waitingOf(parsed);
  return {
    metadata: metaOf(metadata),
    fact: {
      name: metadata.name,
      revision: Number(metadata.labels?.['faibric.dev/revision'] ?? 0),
      ready: ready && alive,
      restarts: status.containerStatuses[0]?.restartCount ?? 0,
      ...(waiting && alive && { waiting }),
    },
  };
};

const deployment = z.looseObject({
  metadata: objectMeta,
  spec: z.looseObject({
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()).optional() }).optional(),
    }),
  }),
  status: z
    .looseObject({
      observedGeneration: z.number().optional(),
      replicas: z.number().optional(),
      readyReplicas: z.number().optional(),
      conditions: kubeConditions,
    })
    .default({ conditions: [] }),
});

/** What a Deployment says about serving. `object` is kept whole for comparing. */
export const deploymentFact = (object: object): DeploymentFact => {
  const { metadata, spec, status } = deployment.parse(object);
  // Conditions of an older template say nothing about this one.
  const current = status.observedGeneration === metadata.generation;
  const find = (type: string) => status.conditions.find((condition) => condition.type === type);
  const failure = find('ReplicaFailure');
  const refused = failure?.status === 'True' ? (failure.message ?? failure.reason) : undefined;
  return {
    object,
    revision: Number(spec.template.metadata?.labels?.['faibric.dev/revision'] ?? 0),
    replicas: status.replicas ?? 0,
    readyReplicas: status.readyReplicas ?? 0,
    deadlineExceeded: current && find('Progressing')?.reason === 'ProgressDeadlineExceeded',
    ...(current && refused !== undefined && { refused }),
  };
};
