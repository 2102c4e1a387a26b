// The Database API: documents in collections of one app, under `/api/v1/db/{appId}/{collection}/`.
// The content of `data` belongs to the app and is never interpreted; only its size and shape have limits.
import { z } from 'zod';
import { DEFAULT_PAGE_SIZE, MAX_BULK_DOCUMENTS, MAX_OFFSET, MAX_PAGE_SIZE } from './limits.ts';
import { flagText, wholeNumberText } from './query.ts';

/** Names of collections. Lower case only, so that two names never differ by case alone. */
export const COLLECTION_PATTERN = /^[a-z][a-z0-9_-]{0,62}$/;
/** Names of fields that a list may be ordered or filtered by. */
export const FIELD_PATTERN = /^(?!.*__)[A-Za-z][A-Za-z0-9_]{0,62}$/;

/** The id of a document: a UUID in lower case. */
export const documentIdSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

/** The content of a document: any JSON object. */
export const documentContentSchema = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'data must be a JSON object',
  )
  .meta({ type: 'object' });

/** Body of POST (create) and PATCH (merge). */
export const writeDocumentSchema = z.strictObject({ data: documentContentSchema });
/** Body of PUT: replaces the content, or merges its top-level fields into it. */
export const putDocumentSchema = z.strictObject({
  data: documentContentSchema,
  merge: z.boolean().default(false),
});

/** A document on the wire. Times are ISO 8601 in UTC; `version` counts from 1 and is the ETag. */
export const documentSchema = z.object({
  id: z.string(),
  data: documentContentSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
  version: z.number().int(),
  /** True when the asker wrote it: the same browser, or the same signed-in user. */
  mine: z.boolean(),
});
export type Document = z.infer<typeof documentSchema>;

/** Query of a list. `filter`, `order_by` and `cursor` have rules of their own (docs/spec/documents.md). */
export const listDocumentsQuerySchema = z.strictObject({
  limit: wholeNumberText({ min: 1, max: MAX_PAGE_SIZE, fallback: DEFAULT_PAGE_SIZE, clamp: true }),
  offset: wholeNumberText({ min: 0, max: MAX_OFFSET, fallback: 0 }),
  /** `next` of the page before; instead of `offset`. */
  cursor: z.string().optional(),
  /** Up to three of created_at, updated_at and field names, with commas between; `-` before one: descending. */
  order_by: z.string().optional(),
  /** JSON: `{"done":false,"price":{"$gte":10}}`. */
  filter: z.string().optional(),
  /** Names of fields of `data` to give, with commas between. */
  fields: z.string().optional(),
  /** False: `total` is null, and the answer may come sooner. */
  count: flagText(true),
});
export type ListDocumentsQuery = z.output<typeof listDocumentsQuerySchema>;

/** Answer of a list. `total` counts all that match, not only this page; null when it was not asked for. */
export const documentListSchema = z.object({
  items: z.array(documentSchema),
  total: z.number().int().nullable(),
  limit: z.number().int(),
  offset: z.number().int(),
  /** Cursor of the next page; null when nothing follows, or when the sort values are too long for an address. */
  next: z.string().nullable(),
});
export type DocumentList = z.infer<typeof documentListSchema>;

/** Query of a count. */
export const countDocumentsQuerySchema = z.strictObject({ filter: z.string().optional() });
/** Answer of a count. */
export const documentCountSchema = z.object({ count: z.number().int() });

/** Body of a bulk create: all are made or none. */
export const bulkCreateSchema = z.strictObject({
  documents: z.array(writeDocumentSchema).min(1).max(MAX_BULK_DOCUMENTS),
});
/** Answer of a bulk create, in the order of the request. */
export const bulkCreatedSchema = z.object({ items: z.array(documentSchema) });

/** Body of a bulk delete: either ids, or a filter as in a list (as JSON, not as text; `{}` is refused). */
export const bulkDeleteSchema = z
  .strictObject({
    ids: z.array(documentIdSchema).min(1).max(MAX_BULK_DOCUMENTS).optional(),
    filter: documentContentSchema.optional(),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), 'give either ids or filter');
/** Answer of operations that delete several documents. */
export const deletedDocumentsSchema = z.object({ deleted: z.number().int() });
