// Operations of the Database API: documents in the collections of one app.
import { z } from 'zod';
import { documentListSchema, documentSchema, putDocumentSchema, writeDocumentSchema } from '../document.ts';
import type { Operation } from '../operation.ts';
import { collectionNameSchema, documentIdSchema } from '../path-parameters.ts';
import { projectIdSchema } from '../project-requests.ts';

const inCollection = { app: projectIdSchema, collection: collectionNameSchema };
const ofDocument = { ...inCollection, id: documentIdSchema };
const version = z.object({ 'If-Match': z.string().optional() });

/** Create, list, read, change and delete documents. */
export const DOCUMENT_OPERATIONS = [
  {
    id: 'listDocuments',
    method: 'GET',
    path: '/api/v1/db/:app/:collection/',
    tag: 'documents',
    summary: 'List the documents of a collection',
    callers: ['app', 'owner'],
    params: inCollection,
    query: z.strictObject({
      limit: z.string().optional(),
      offset: z.string().optional(),
      order_by: z.string().optional(),
      filter: z.string().optional(),
    }),
    answers: { 200: { description: 'One page, and how many match in all.', schema: documentListSchema } },
    problems: ['no_such_app', 'invalid_collection', 'rate_limited'],
  },
  {
    id: 'createDocument',
    method: 'POST',
    path: '/api/v1/db/:app/:collection/',
    tag: 'documents',
    summary: 'Create a document',
    callers: ['app', 'owner'],
    params: inCollection,
    headers: z.object({ 'Idempotency-Key': z.string().optional() }),
    body: writeDocumentSchema,
    answers: { 201: { description: 'The document, durable.', schema: documentSchema } },
    problems: [
      'no_such_app',
      'invalid_collection',
      'document_too_large',
      'quota_exceeded',
      'idempotency_conflict',
      'rate_limited',
      'storage_full',
    ],
  },
  {
    id: 'getDocument',
    method: 'GET',
    path: '/api/v1/db/:app/:collection/:id/',
    tag: 'documents',
    summary: 'Read a document',
    callers: ['app', 'owner'],
    params: ofDocument,
    headers: z.object({ 'If-None-Match': z.string().optional() }),
    answers: {
      200: { description: 'The document.', schema: documentSchema },
      304: { description: 'Not changed since the version that `If-None-Match` names.' },
    },
    problems: ['no_such_app', 'invalid_collection', 'invalid_id', 'no_such_document', 'rate_limited'],
  },
  {
    id: 'putDocument',
    method: 'PUT',
    path: '/api/v1/db/:app/:collection/:id/',
    tag: 'documents',
    summary: 'Replace a document, or merge into it',
    callers: ['app', 'owner'],
    params: ofDocument,
    headers: version,
    body: putDocumentSchema,
    answers: { 200: { description: 'The document as it now is.', schema: documentSchema } },
    problems: [
      'no_such_app',
      'invalid_collection',
      'invalid_id',
      'no_such_document',
      'version_mismatch',
      'document_too_large',
      'quota_exceeded',
      'rate_limited',
      'storage_full',
    ],
  },
  {
    id: 'mergeDocument',
    method: 'PATCH',
    path: '/api/v1/db/:app/:collection/:id/',
    tag: 'documents',
    summary: 'Merge fields into a document',
    callers: ['app', 'owner'],
    params: ofDocument,
    headers: version,
    body: writeDocumentSchema,
    answers: { 200: { description: 'The document as it now is.', schema: documentSchema } },
    problems: [
      'no_such_app',
      'invalid_collection',
      'invalid_id',
      'no_such_document',
      'version_mismatch',
      'document_too_large',
      'quota_exceeded',
      'rate_limited',
      'storage_full',
    ],
  },
  {
    id: 'deleteDocument',
    method: 'DELETE',
    path: '/api/v1/db/:app/:collection/:id/',
    tag: 'documents',
    summary: 'Delete a document',
    callers: ['app', 'owner'],
    params: ofDocument,
    headers: version,
    answers: { 204: { description: 'It is gone.' } },
    problems: [
      'no_such_app',
      'invalid_collection',
      'invalid_id',
      'no_such_document',
      'version_mismatch',
      'rate_limited',
    ],
  },
] as const satisfies readonly Operation[];
