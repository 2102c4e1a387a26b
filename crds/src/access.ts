// Who may do what with the documents of a collection. The plan of an app sets these rules, its owner may replace
// them (`spec.access`), the operator publishes what holds (`status.access`), and the Database API enforces it.
// `visitor` is the author of a document: the browser that made it, or the signed-in user when there was one.
import { z } from 'zod';
import { listMap, patternMessage } from './schema-parts.ts';

/** Who may do something: everybody, a document's author, signed-in users of the app, or its owner alone. */
export const ACCESS_WHO = ['anyone', 'visitor', 'user', 'owner'] as const;
/** One of them. */
export type AccessWho = (typeof ACCESS_WHO)[number];

const who = (what: string) => z.enum(ACCESS_WHO).meta({ description: what });

/** The four rules of one collection, without its name. */
export const accessRules = z.object({
  read: who('Who may read: anyone; visitor (each author their own documents); user (signed in); owner.'),
  create: who('Who may create: anyone (visitor means the same); user (signed in); owner.'),
  update: who('Who may change: anyone; visitor (each author their own documents); user (signed in); owner.'),
  delete: who('Who may delete: anyone; visitor (each author their own documents); user (signed in); owner.'),
});
/** The four rules of one collection. */
export type AccessRules = z.infer<typeof accessRules>;

/** What holds for a collection that no rule names: everybody has their own documents and sees no one else's. */
export const DEFAULT_ACCESS: AccessRules = {
  read: 'visitor',
  create: 'visitor',
  update: 'visitor',
  delete: 'visitor',
};

/** The rules of one collection, as they stand in a FaibricApp. */
export const collectionAccess = accessRules.extend({
  collection: z
    .string()
    .max(63)
    .regex(/^[a-z][a-z0-9_-]{0,62}$/)
    .meta({
      description: 'Name of the collection.',
      ...patternMessage('write 1 to 63 of a-z, 0-9, - and _, beginning with a letter'),
    }),
});
/** The rules of one collection, with its name. */
export type CollectionAccess = z.infer<typeof collectionAccess>;

/** A list of rules, keyed by collection. */
export const accessList = (description: string) =>
  z
    .array(collectionAccess)
    .max(50)
    .meta({ description, ...listMap('collection') });
