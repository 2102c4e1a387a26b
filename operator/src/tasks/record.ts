// Writes what a task found to its revision, and does not let go: a paid answer is kept in memory and written again
// until the API server takes it. Only a revision that is gone, or the operator's end, stops that.
import type { RevisionCondition, RevisionStatus } from '@faibric/crds';
import { mergeConditions, type NewCondition } from '../faibricapp/conditions.ts';
import type { WatchedRevision } from '../faibricapp/facts.ts';
import { REVISIONS } from '../faibricapp/resource-types.ts';
import { watchRevision } from '../faibricapp/watched.ts';
import { type Clock, sleep } from '../runtime/clock.ts';
import type { KubeClient, KubeObject, ObjectRef } from '../runtime/kube-client.ts';
import { isKubeError, retryAfterMsOf } from '../runtime/kube-error.ts';
import type { Logger } from '../runtime/logger.ts';

/** What recording needs. */
export interface RecordDeps {
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A change of a revision's status, told from what it is now. Null removes a member. */
export interface StatusNews {
  readonly conditions?: readonly NewCondition<RevisionCondition['type']>[];
  readonly forget?: readonly RevisionCondition['type'][];
  readonly members?: { readonly [K in keyof RevisionStatus]?: RevisionStatus[K] | null };
}

/** The merge patch that brings the news into the status of `revision`; guarded by its version. */
export const statusPatch = (
  revision: WatchedRevision,
  news: StatusNews,
  now: number,
): Record<string, unknown> => ({
  metadata: { resourceVersion: revision.metadata.resourceVersion },
  status: {
    ...news.members,
    conditions: mergeConditions(
      revision.status.conditions,
      { changes: news.conditions ?? [], forget: news.forget ?? [] },
      now,
    ),
  },
});

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 10_000;

/** Tries a write until it is taken. Gives undefined when the object is gone or the task was stopped. */
const persist = async <T>(
  deps: RecordDeps,
  signal: AbortSignal,
  write: () => Promise<T | undefined>,
): Promise<T | undefined> => {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await write();
    } catch (error) {
      if (isKubeError(error, 'notFound') || signal.aborted) return undefined;
      // The schema refused it: the same write would be refused for ever.
      if (isKubeError(error, 'invalid') || isKubeError(error, 'forbidden')) throw error;
      if (!isKubeError(error, 'conflict')) deps.logger.warn({ err: error }, 'cannot record an outcome yet');
      await sleep(deps.clock, Math.max(pause, retryAfterMsOf(error) ?? 0), signal);
    }
  }
};

/** Reads a revision as the cache would keep it, and whole. */
export const readRevision = async (
  client: KubeClient,
  ref: ObjectRef,
  signal?: AbortSignal,
): Promise<{ seen: WatchedRevision; whole: KubeObject } | undefined> => {
  const whole = await client.get<KubeObject>(REVISIONS, ref, signal);
  return whole && { seen: watchRevision(structuredClone(whole)), whole };
};

/** Which revision, and what is known of it: the first try needs no read then. */
export interface RecordTarget {
  readonly ref: ObjectRef;
  readonly signal: AbortSignal;
  readonly known?: WatchedRevision | undefined;
}

/** Gives what is known first, and what the server has from the second try on. */
const reader = (deps: RecordDeps, { ref, known }: RecordTarget) => {
  let first = known;
  return async (): Promise<WatchedRevision | undefined> => {
    const seen = first ?? (await readRevision(deps.client, ref))?.seen;
    first = undefined;
    return seen;
  };
};

/** Records news in the status of a revision. `tell` sees the revision as it is and may answer with nothing. */
export const recordStatus = (
  deps: RecordDeps,
  target: RecordTarget,
  tell: (revision: WatchedRevision) => StatusNews | undefined,
): Promise<WatchedRevision | undefined> => {
  const read = reader(deps, target);
  return persist(deps, target.signal, async () => {
    const seen = await read();
    const news = seen && tell(seen);
    if (!news) return seen;
    const body = statusPatch(seen, news, deps.clock.date().getTime());
    const request = { ...target.ref, patch: { type: 'merge' as const, body } };
    return watchRevision(await deps.client.patch(REVISIONS, request, { subresource: 'status' }));
  });
};

/** Records an answer in the spec. When another process was first, the answer that is there stands. */
export const recordAnswer = (
  deps: RecordDeps,
  target: RecordTarget,
  answer: { readonly analysis: unknown } | { readonly files: unknown },
): Promise<WatchedRevision | undefined> => {
  const read = reader(deps, target);
  return persist(deps, target.signal, async () => {
    const seen = await read();
    const there = 'analysis' in answer ? seen?.spec.analysis : seen?.hasFiles;
    if (!seen || there) return seen;
    const body = { metadata: { resourceVersion: seen.metadata.resourceVersion }, spec: answer };
    const request = { ...target.ref, patch: { type: 'merge' as const, body } };
    return watchRevision(await deps.client.patch(REVISIONS, request));
  });
};
