// How a FaibricApp looks on the wire. Pure: the same object gives the same view. Steps come from the conditions alone,
// never from `phase`, which is for printing.
import type { AppCondition, FaibricApp } from '@faibric/crds';
import type { Project, Step, StepName } from '../contract/project.ts';
import { type AddressRules, addressOf, appIdOf, expectedHost } from './app-id.ts';

const STEP_CONDITIONS: Readonly<Record<StepName, AppCondition['type']>> = {
  analyze: 'Analyzed',
  generate: 'Generated',
  validate: 'Validated',
  build: 'Built',
  deploy: 'Deployed',
  route: 'Routed',
};
const STEPS = Object.entries(STEP_CONDITIONS) as [StepName, AppCondition['type']][];

const find = (app: FaibricApp, type: AppCondition['type']): AppCondition | undefined =>
  app.status?.conditions?.find((condition) => condition.type === type);

const isTrue = (app: FaibricApp, type: AppCondition['type']): boolean => find(app, type)?.status === 'True';

const stateOf = (
  condition: AppCondition | undefined,
  stalled: boolean,
  firstOpen: boolean,
): Step['state'] => {
  if (condition?.status === 'True') return 'done';
  if (!firstOpen) return 'waiting';
  if (stalled) return 'failed';
  return condition === undefined || condition.reason === 'Pending' ? 'waiting' : 'running';
};

/** The six steps; at most one of them is running or failed: the first that is not done. */
const toSteps = (app: FaibricApp): Step[] => {
  const stalled = isTrue(app, 'Stalled');
  const open = STEPS.findIndex(([, type]) => !isTrue(app, type));
  return STEPS.map(([name, type], i) => {
    const condition = find(app, type);
    return {
      name,
      state: stateOf(condition, stalled, i === open),
      reason: condition?.reason ?? null,
      message: condition?.message ?? '',
      since: condition?.lastTransitionTime ?? null,
    };
  });
};

const toStalled = (app: FaibricApp): Project['stalled'] => {
  const condition = find(app, 'Stalled');
  return condition?.status === 'True' ? { reason: condition.reason, message: condition.message } : null;
};

const phaseOf = (app: FaibricApp): string => {
  if (app.metadata.deletionTimestamp !== undefined) return 'Deleting';
  return app.status?.phase ?? 'Pending';
};

/** Parts of the view that come from the status. */
const fromStatus = (app: FaibricApp) => {
  const status = app.status ?? {};
  const { progress } = status;
  return {
    type: status.type ?? null,
    progress: progress ? { step: progress.step, message: progress.message, since: progress.since } : null,
    limited: status.limited ?? [],
    revision: status.revision ?? null,
    latestRevision: status.latestRevision ?? null,
    services: status.services ?? [],
    collections: status.collections ?? [],
    tokens: status.tokens?.total ?? 0,
  };
};

/** Host and address: the operator's, or what it will give before it has looked. */
const toAddress = (app: FaibricApp, rules: AddressRules) => {
  const host = app.status?.host ?? expectedHost(app, rules);
  return { host, url: app.status?.url ?? addressOf(host, rules.publicPort) };
};

/** The view of an app. */
export const toProject = (app: FaibricApp, rules: AddressRules): Project => ({
  id: appIdOf(app),
  name: app.metadata.name,
  title: app.spec.title ?? app.status?.title ?? app.metadata.name,
  owner: app.spec.owner ?? rules.owner,
  prompt: app.spec.prompt ?? '',
  engine: app.spec.engine,
  phase: phaseOf(app),
  ready: isTrue(app, 'Ready'),
  suspended: app.spec.suspend,
  pinned: app.spec.revision ?? null,
  deleting: app.metadata.deletionTimestamp !== undefined,
  steps: toSteps(app),
  stalled: toStalled(app),
  changes: (app.spec.changes ?? []).map(({ id, prompt }) => ({ id, prompt })),
  createdAt: app.metadata.creationTimestamp,
  ...toAddress(app, rules),
  ...fromStatus(app),
});
