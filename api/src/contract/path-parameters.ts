// What may stand in a path of the Database API. Routes check the same patterns before they look anything up, so a path that could never
// name something is 400 and not 404.
import { z } from 'zod';
import { COLLECTION_PATTERN } from './document.ts';

/** The name of a collection. */
export const collectionNameSchema = z.string().regex(COLLECTION_PATTERN);
