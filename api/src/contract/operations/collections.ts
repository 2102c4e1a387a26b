// Operations on whole collections, for an app's owner on the platform's host.
import { z } from 'zod';
import {
  collectionFieldsSchema,
  collectionListSchema,
  exportQuerySchema,
  importQuerySchema,
  importReportSchema,
} from '../collection.ts';
import { deletedDocumentsSchema } from '../document.ts';
import type { Operation } from '../operation.ts';
import { collectionNameSchema } from '../path-parameters.ts';
import { projectIdSchema } from '../project-requests.ts';

const common = { tag: 'documents', callers: ['owner'] } as const;
const ofApp = { app: projectIdSchema };
const inCollection = { ...ofApp, collection: collectionNameSchema };

/** List, look into, clear, export and import collections. */
export const COLLECTION_OPERATIONS = [
  {
    ...common,
    id: 'listCollections',
    method: 'GET',
    path: '/api/v1/db/:app/',
    summary: 'List the collections of an app, with what they hold',
    params: ofApp,
    answers: { 200: { description: 'The collections.', schema: collectionListSchema } },
    problems: ['no_such_app', 'forbidden', 'rate_limited'],
  },
  {
    ...common,
    id: 'clearCollection',
    method: 'DELETE',
    path: '/api/v1/db/:app/:collection/',
    summary: 'Delete all documents of a collection',
    params: inCollection,
    answers: { 200: { description: 'How many are gone.', schema: deletedDocumentsSchema } },
    problems: ['no_such_app', 'invalid_collection', 'forbidden', 'rate_limited'],
  },
  {
    ...common,
    id: 'inferFields',
    method: 'GET',
    path: '/api/v1/db/:app/:collection/fields/',
    summary: 'Infer the fields of a collection from a sample',
    params: inCollection,
    answers: { 200: { description: 'The fields, the most frequent first.', schema: collectionFieldsSchema } },
    problems: ['no_such_app', 'invalid_collection', 'forbidden', 'rate_limited'],
  },
  {
    ...common,
    id: 'exportCollection',
    method: 'GET',
    path: '/api/v1/db/:app/:collection/export/',
    summary: 'Download a collection as JSON, JSON lines or CSV',
    params: inCollection,
    query: exportQuerySchema,
    answers: { 200: { description: 'The file, streamed.', type: 'application/json' } },
    problems: ['no_such_app', 'invalid_collection', 'forbidden', 'rate_limited', 'unavailable'],
  },
  {
    ...common,
    id: 'importDocuments',
    method: 'POST',
    path: '/api/v1/db/:app/:collection/import/',
    summary: 'Add documents from JSON, JSON lines or CSV',
    description:
      'The body is a JSON list (application/json), one object a line (application/x-ndjson) or CSV (text/csv). Rows that ' +
      'cannot be stored are told and passed over. Documents of an export keep their ids.',
    params: inCollection,
    query: importQuerySchema,
    body: z.array(z.record(z.string(), z.unknown())),
    answers: { 200: { description: 'What came of it.', schema: importReportSchema } },
    problems: [
      'no_such_app',
      'invalid_collection',
      'forbidden',
      'payload_too_large',
      'unsupported_media_type',
      'rate_limited',
      'unavailable',
    ],
  },
] as const satisfies readonly Operation[];
