// Operations of the platform itself: health and this contract. The health paths have no slash at their end because the kubelet and every
// other prober write them so, and they are the only ones that need no header of the ingress.
import { z } from 'zod';
import { livenessSchema, readinessSchema } from '../health.ts';
import type { Operation } from '../operation.ts';

/** Health of the server, and the contract. */
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
  {
    id: 'getOpenApi',
    method: 'GET',
    path: '/api/openapi.json',
    tag: 'platform',
    summary: 'This document, in OpenAPI 3.1',
    callers: ['anyone'],
    answers: { 200: { description: 'The document.', schema: z.looseObject({ openapi: z.string() }) } },
    problems: [],
  },
  {
    id: 'getReference',
    method: 'GET',
    path: '/api/docs/',
    tag: 'platform',
    summary: 'This document as a page',
    callers: ['anyone'],
    answers: { 200: { description: 'The page.', type: 'text/html' } },
    problems: [],
  },
] as const satisfies readonly Operation[];
