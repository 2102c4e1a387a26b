// Marks a revision as not fit to serve, so that the one before it is served again. Trouble of the cluster (a registry
// that is down, a full quota) is no fault of the revision: it gets another chance after a growing pause.
import type { Action } from '../actions.ts';
import { timeOf } from '../conditions.ts';
import type { WatchedRevision } from '../facts.ts';

/** What keeps a revision from serving, in the cluster's own words. */
export interface Trouble {
  readonly reason: string;
  readonly message: string;
}

const CLUSTER_TROUBLE = ['ErrImagePull', 'ImagePullBackOff', 'Unschedulable', 'QuotaExceeded'];
const RETRY_SECONDS = 300;
const RETRY_MAX_SECONDS = 3600;

/** Records that the revision did not become ready; `decide` then serves the live one. */
export const rollBack = (work: WatchedRevision, trouble: Trouble | undefined, now: number): Action => {
  const attempts = (work.status.attempts ?? 0) + 1;
  const pause = Math.min(RETRY_SECONDS * 2 ** (attempts - 1), RETRY_MAX_SECONDS);
  const again = trouble && CLUSTER_TROUBLE.includes(trouble.reason);
  const why = trouble?.message ?? 'its pods give no reason';
  return {
    type: 'changeRevision',
    change: {
      name: work.metadata.name,
      conditions: [
        {
          type: 'Deployed',
          status: 'False',
          reason: trouble?.reason === 'QuotaExceeded' ? 'QuotaExceeded' : 'PodsNotReady',
          message: `Revision ${work.spec.number} did not become ready: ${why}.`,
        },
      ],
      status: again ? { attempts, nextRetryTime: timeOf(now + pause * 1000) } : { attempts },
    },
  };
};
