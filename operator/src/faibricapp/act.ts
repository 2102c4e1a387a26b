// ACT: performs what was decided, then writes the status once and tells the events. Everything here may be done twice
// after a crash: names are deterministic, changes are guarded by versions, and what is there already is not written.
import { API_VERSION, FIELD_MANAGERS, LABELS } from '@faibric/crds';
import { z } from 'zod';
import { ensureApplied, ensureDeleted, ensureStatusApplied } from '../runtime/apply.ts';
import type { EventRecorder } from '../runtime/events.ts';
import type { KubeClient, KubeObject } from '../runtime/kube-client.ts';
import { isKubeError, KubeError } from '../runtime/kube-error.ts';
import { statusPatch } from '../tasks/record.ts';
import type { TaskPool } from '../tasks/task-pool.ts';
import type { Action, Child, NewRevision, RevisionChange } from './actions.ts';
import type { Decision } from './decide.ts';
import { sourceDigest } from './digest.ts';
import type { Facts } from './facts.ts';
import { APPS, CHILDREN, REVISIONS } from './resource-types.ts';
import { ownerReference } from './resources/common.ts';
import { readFiles } from './watched.ts';

/** What acting writes through. */
export interface ActDeps {
  readonly client: KubeClient;
  readonly tasks: TaskPool;
  readonly events: Pick<EventRecorder, 'record'>;
  /** Remembers why the API server refused a child, by app UID; the next decision tells it. */
  readonly refusals: Map<string, string>;
}

interface Work {
  readonly deps: ActDeps;
  readonly facts: Facts;
}

const holder = z.object({ spec: z.object({ source: z.unknown() }) });

/** The source that an app brings, read whole and checked to be what was decided on. */
const readSource = async ({ deps, facts }: Work): Promise<{ path: string; content: string }[]> => {
  const { metadata, sourceDigest: wanted } = facts.app;
  const object = await deps.client.get<KubeObject>(APPS, metadata);
  const files = object ? readFiles(holder.parse(object).spec.source) : {};
  const list = Object.entries(files).map(([path, content]) => ({ path, content }));
  if (sourceDigest(list) === wanted) return list;
  throw new KubeError({ kind: 'conflict' }, 'the source changed while it was read');
};

const createRevision = async (work: Work, revision: NewRevision): Promise<void> => {
  const { metadata } = work.facts.app;
  const files = revision.filesFromSource ? { files: await readSource(work) } : {};
  const object = {
    apiVersion: API_VERSION,
    kind: REVISIONS.kind,
    metadata: {
      name: revision.name,
      namespace: metadata.namespace,
      labels: {
        [LABELS.managedBy]: 'faibric',
        [LABELS.name]: metadata.name,
        [LABELS.app]: metadata.name,
        [LABELS.appId]: work.facts.appId,
        [LABELS.revision]: String(revision.spec.number),
      },
      ownerReferences: [ownerReference(metadata)],
    },
    spec: { ...revision.spec, ...files },
  };
  await work.deps.client.create(REVISIONS, object);
};

const changeRevision = async ({ deps, facts }: Work, change: RevisionChange): Promise<void> => {
  const revision = facts.revisions.find(({ metadata }) => metadata.name === change.name);
  if (!revision) return;
  // A new count of failures without a time ends the back-off.
  const pause = change.status && 'attempts' in change.status ? { nextRetryTime: null } : {};
  const body = statusPatch(
    revision,
    {
      ...(change.conditions && { conditions: change.conditions }),
      ...(change.forget && { forget: change.forget }),
      members: { ...pause, ...change.status },
    },
    facts.now,
  );
  const request = { ...revision.metadata, patch: { type: 'merge' as const, body } };
  await deps.client.patch(REVISIONS, request, { subresource: 'status' });
};

const deleteRevision = async ({ deps, facts }: Work, name: string): Promise<void> => {
  const revision = facts.revisions.find(({ metadata }) => metadata.name === name);
  if (revision) await ensureDeleted(deps.client, REVISIONS, revision);
};

const applyChild = async ({ deps, facts }: Work, child: Child): Promise<void> => {
  // Both are the same object; only the makers' type is readonly throughout.
  const desired = child as unknown as KubeObject;
  const observed = facts.children[child.kind] as KubeObject | undefined;
  try {
    await ensureApplied(deps.client, { type: CHILDREN[child.kind], desired, observed });
  } catch (error) {
    if (isKubeError(error, 'forbidden') || isKubeError(error, 'invalid')) {
      const message = `The cluster refuses ${child.kind} "${child.metadata.name}": ${error.message}`;
      deps.refusals.set(facts.app.metadata.uid, message.slice(0, 1000));
    }
    throw error;
  }
};

const isDeployment = (child: Child): boolean => child.kind === 'Deployment';

/** The Deployment comes last: its pods cannot be made before their ServiceAccount is there. */
const applyChildren = async (work: Work, actions: readonly Action[]): Promise<void> => {
  const children = actions.flatMap((action) => (action.type === 'applyChild' ? [action.child] : []));
  if (children.length === 0) {
    work.deps.refusals.delete(work.facts.app.metadata.uid);
    return;
  }
  await Promise.all(children.filter((child) => !isDeployment(child)).map((child) => applyChild(work, child)));
  await Promise.all(children.filter(isDeployment).map((child) => applyChild(work, child)));
};

const writeRevisions = async (work: Work, actions: readonly Action[]): Promise<void> => {
  for (const action of actions) {
    if (action.type === 'createRevision') await createRevision(work, action.revision);
    if (action.type === 'changeRevision') await changeRevision(work, action.change);
    if (action.type === 'deleteRevision') await deleteRevision(work, action.name);
  }
};

const writeStatus = async ({ deps, facts }: Work, { status, events }: Decision): Promise<void> => {
  const { metadata } = facts.app;
  if (metadata.deletionTimestamp) return;
  const { name, namespace, uid } = metadata;
  const desired: KubeObject & { status: unknown } = {
    apiVersion: API_VERSION,
    kind: APPS.kind,
    metadata: { name, namespace, uid },
    status,
  };
  const observed = { ...desired, metadata, status: facts.app.status };
  await ensureStatusApplied(
    deps.client,
    { type: APPS, desired, observed },
    { fieldManager: FIELD_MANAGERS.operator },
  );
  const regarding = { type: APPS, object: { ...desired, metadata } };
  for (const event of events) deps.events.record({ ...event, note: event.note.slice(0, 1000), regarding });
};

/** Does what was decided. Throws the first failure after everything was tried. */
export const act = async (deps: ActDeps, facts: Facts, decision: Decision): Promise<void> => {
  const work: Work = { deps, facts };
  for (const action of decision.actions) {
    if (action.type === 'cancelTask') deps.tasks.cancel(action.key);
    if (action.type === 'startTask') deps.tasks.start(action.task);
  }
  const results = await Promise.allSettled([
    writeRevisions(work, decision.actions),
    applyChildren(work, decision.actions),
    writeStatus(work, decision),
  ]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
};
