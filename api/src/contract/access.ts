// Access rules of a collection as its owner reads and writes them. What a word means is said in the answer, so that who
// sets a rule sees what it does before anybody else does.
import { ACCESS_WHO, accessRules } from '@faibric/crds';
import { z } from 'zod';

const who = z.enum(ACCESS_WHO);

/** Body of PUT: all four rules. */
export const putAccessSchema = z.strictObject({ read: who, create: who, update: who, delete: who });
export type PutAccess = z.infer<typeof putAccessSchema>;

/** The rules that hold, where they come from, and what they mean. */
export const collectionAccessSchema = z.object({
  collection: z.string(),
  rules: accessRules,
  /** `owner`: set here; `plan`: from the app's plan; `default`: nobody named this collection. */
  source: z.enum(['owner', 'plan', 'default']),
  /** A sentence for each rule. */
  words: z.object({ read: z.string(), create: z.string(), update: z.string(), delete: z.string() }),
});
export type CollectionAccessView = z.infer<typeof collectionAccessSchema>;
