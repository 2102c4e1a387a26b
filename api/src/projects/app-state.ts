// What an app's status says about its work. A spec that the operator has not looked at yet counts as work to come, so
// that a cancel right after a change is never refused.
import type { AppCondition, FaibricApp } from '@faibric/crds';

const isTrue = (app: FaibricApp, type: AppCondition['type']): boolean =>
  app.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ??
  false;

const isObserved = ({ metadata, status }: FaibricApp): boolean =>
  metadata.generation === undefined || (status?.observedGeneration ?? 0) >= metadata.generation;

/** True while something is worked on or waits to be tried again. */
export const isInWork = (app: FaibricApp): boolean =>
  !isObserved(app) || app.status?.conditions === undefined || isTrue(app, 'Reconciling');

/** True when something failed: for good, or until its next try. */
export const isStuck = (app: FaibricApp): boolean =>
  isTrue(app, 'Stalled') || app.status?.nextRetryTime !== undefined;
