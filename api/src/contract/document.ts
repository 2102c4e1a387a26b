// The Database API: documents in collections of one app, under `/api/v1/db/{appId}/{collection}/`.
// The content of `data` belongs to the app and is never interpreted; only its size and shape have limits.
import { z } from 'zod';

/** Names of collections. Lower case only, so that two names never differ by case alone. */
export const COLLECTION_PATTERN = /^[a-z][a-z0-9_-]{0,62}$/;
/** Names of fields that a list may be ordered or filtered by. */
export const FIELD_PATTERN = /^(?!.*__)[A-Za-z][A-Za-z0-9_]{0,62}$/;

/** The content of a document: any JSON object. */
export const documentContentSchema = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'data must be a JSON object',
);

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

/** Answer of a list. `total` counts all that match, not only this page. */
export const documentListSchema = z.object({
  items: z.array(documentSchema),
  total: z.number().int(),
  limit: z.number().int(),
  offset: z.number().int(),
});
export type DocumentList = z.infer<typeof documentListSchema>;
