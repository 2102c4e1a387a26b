// How FaibricRevisions look on the wire. Pure. Where a revision stands is told from its conditions, in the order in
// which the operator tells it (operator: faibricapp/standing.ts).
import type { FaibricApp, FaibricRevision, RevisionCondition, TokenUse } from '@faibric/crds';
import type { Revision, RevisionState, RevisionSummary } from '../contract/revision.ts';
import { diffFiles } from './diff-files.ts';
import { type KnownRevision, knownRevisionSchema } from './revision-source.ts';

type Conditions = readonly RevisionCondition[];

const conditionsOf = ({ status }: KnownRevision): Conditions => status.conditions ?? [];

const isTrue = (conditions: Conditions, type: RevisionCondition['type']): boolean =>
  conditions.some((condition) => condition.type === type && condition.status === 'True');

/** True when the revision passed all checks and has an image. */
export const isServable = (revision: KnownRevision): boolean =>
  isTrue(conditionsOf(revision), 'Accepted') && revision.status.image !== undefined;

const failureOf = (conditions: Conditions): RevisionCondition | undefined =>
  conditions.find(({ reason }) => reason === 'Cancelled' || reason === 'Superseded') ??
  conditions.find(({ status }) => status === 'False');

const stateOf = (revision: KnownRevision): RevisionState => {
  const failure = failureOf(conditionsOf(revision));
  if (failure === undefined) return isServable(revision) ? 'accepted' : 'working';
  if (failure.reason === 'Cancelled') return 'cancelled';
  if (failure.reason === 'Superseded') return 'superseded';
  if (failure.type === 'Accepted') return 'rejected';
  return revision.status.nextRetryTime === undefined ? 'failed' : 'waiting';
};

const tokensOf = (use: TokenUse | undefined): RevisionSummary['tokens'] => ({
  analyze: use?.analyze ?? 0,
  generate: use?.generate ?? 0,
  repair: use?.repair ?? 0,
  total: use?.total ?? 0,
  estimated: use?.estimated ?? false,
});

const promptOf = (app: FaibricApp, change: string | undefined): string => {
  if (change === undefined) return app.spec.prompt ?? '';
  return app.spec.changes?.find(({ id }) => id === change)?.prompt ?? '';
};

/** A revision in short. */
export const toRevisionSummary = (app: FaibricApp, revision: KnownRevision): RevisionSummary => {
  const { metadata, spec, status } = revision;
  const failure = failureOf(conditionsOf(revision));
  return {
    number: spec.number,
    parent: spec.parent ?? null,
    prompt: promptOf(app, spec.change),
    change: spec.change ?? null,
    attempt: spec.attempt,
    engine: spec.engine,
    model: spec.model ?? null,
    state: stateOf(revision),
    reason: failure?.reason ?? null,
    message: failure?.message ?? '',
    live: app.status?.revision === spec.number,
    title: spec.analysis?.title ?? null,
    type: spec.analysis?.type ?? null,
    findings: status.diagnostics ?? 0,
    tokens: tokensOf(status.tokens),
    timings: status.timings ?? {},
    nextRetryTime: status.nextRetryTime ?? null,
    createdAt: metadata.creationTimestamp,
  };
};

/** A revision with its source, and how it differs from its parent. */
export const toRevision = (
  app: FaibricApp,
  revision: FaibricRevision,
  parent: FaibricRevision | null,
): Revision => {
  const { spec, status } = revision;
  const files = spec.files ?? [];
  return {
    ...toRevisionSummary(app, knownRevisionSchema.parse(revision)),
    files,
    diff: files.length === 0 ? [] : diffFiles(parent?.spec.files ?? [], files),
    diagnostics: status?.diagnostics ?? [],
    calls: status?.calls ?? [],
    services: spec.analysis?.services ?? [],
    collections: spec.analysis?.collections ?? [],
    limited: spec.analysis?.limited ?? [],
    image: status?.image ?? null,
    bundle: status?.bundle ?? null,
    hasBuildLog: (status?.log ?? '') !== '',
  };
};
