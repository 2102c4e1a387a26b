// What may stand in a path of the Database API. Routes check the same patterns before they look anything up, so a path that could never
// name something is 400 and not 404.
import { z } from 'zod';
import { COLLECTION_PATTERN } from './document.ts';

/** The name of a collection. */
export const collectionNameSchema = z.string().regex(COLLECTION_PATTERN);

/** The id of a document: a UUID in lower case. */
export const documentIdSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
