// Operations of the platform itself: health. The two paths have no slash at their end because the kubelet and every
// other prober write them so, and they are the only ones that need no header of the ingress.
import { livenessSchema, readinessSchema } from '../health.ts';
import type { Operation } from '../operation.ts';

/** Health of the server. */
export const PLATFORM_OPERATIONS = [
  {
    id: 'getLiveness',
    method: 'GET',
    path: '/healthz',
    tag: 'platform',
    summary: 'Whether the process turns',
    callers: ['anyone'],
    answers: { 200: { description: 'It does.', schema: livenessSchema } },
    problems: [],
  },
  {
    id: 'getReadiness',
    method: 'GET',
    path: '/readyz',
    tag: 'platform',
    summary: 'Whether requests may be sent here',
    description:
      'A database that goes away later is named under `degraded`, but the server stays in the route.',
    callers: ['anyone'],
    answers: {
      200: { description: 'Ready.', schema: readinessSchema },
      503: { description: 'Not ready; `missing` says why.', schema: readinessSchema },
    },
    problems: [],
  },
] as const satisfies readonly Operation[];
