// Operations around documents: who may do what with a collection, and its changes as they happen.

import { z } from 'zod';
import { collectionAccessSchema, putAccessSchema } from '../access.ts';
import type { Operation } from '../operation.ts';
import { collectionNameSchema } from '../path-parameters.ts';
import { projectIdSchema } from '../project-requests.ts';

const params = { app: projectIdSchema, collection: collectionNameSchema };
const ofOwner = {
  path: '/api/v1/db/:app/:collection/access/',
  tag: 'documents',
  callers: ['owner'],
  params,
} as const;

/** Live changes of a collection, and its access rules. */
export const DOCUMENT_ACCESS_OPERATIONS: readonly Operation[] = [
  {
    id: 'followDocuments',
    method: 'GET',
    path: '/api/v1/db/:app/:collection/events/',
    tag: 'documents',
    summary: 'Changes of a collection as they happen',
    description:
      'Events `created` and `updated` with the document as it is now, `deleted` with its `id` when it is gone or may not be seen any more. ' +
      '`ready` comes first: list then, unless it says `resumed`. `reset`: changes may have been missed, list again. `closing`: come back. ' +
      'A client that comes back with `Last-Event-ID` within 50 minutes misses nothing; the same change may be told twice, never an older state after a newer one.',
    callers: ['app', 'owner'],
    params,
    headers: z.object({ 'Last-Event-ID': z.string().optional() }),
    answers: { 200: { description: 'Server-sent events.', type: 'text/event-stream' } },
    problems: [
      'no_such_app',
      'invalid_collection',
      'forbidden',
      'sign_in_required',
      'session_ended',
      'rate_limited',
      'unavailable',
    ],
  },
  {
    ...ofOwner,
    id: 'getAccess',
    method: 'GET',
    summary: 'Who may do what with a collection',
    answers: {
      200: { description: 'The rules that hold, and what they mean.', schema: collectionAccessSchema },
    },
    problems: ['no_such_app', 'invalid_collection', 'forbidden', 'unavailable'],
  },
  {
    ...ofOwner,
    id: 'putAccess',
    method: 'PUT',
    summary: 'Set who may do what with a collection',
    description:
      'Written to `spec.access` of the app, where it replaces the plan’s rules of this collection alone. Holds at once.',
    body: putAccessSchema,
    answers: { 200: { description: 'The rules as they now hold.', schema: collectionAccessSchema } },
    problems: ['no_such_app', 'invalid_collection', 'forbidden', 'conflict', 'rejected', 'unavailable'],
  },
  {
    ...ofOwner,
    id: 'resetAccess',
    method: 'DELETE',
    summary: 'Go back to the rules of the app’s plan',
    answers: { 200: { description: 'The rules as they now hold.', schema: collectionAccessSchema } },
    problems: ['no_such_app', 'invalid_collection', 'forbidden', 'conflict', 'rejected', 'unavailable'],
  },
];
