// Which access rules hold for an app: those of the plan of what serves, each replaced whole by the owner's own for the
// same collection. The plan is data of a revision, so a rule that does not parse is left out: its collection is then
// closed to its authors (DEFAULT_ACCESS), never open.
import { accessRules, type CollectionAccess, collectionAccess } from '@faibric/crds';
import { z } from 'zod';
import type { Facts, WatchedRevision } from './facts.ts';

/** As many as the resource may hold. */
const MOST = 50;

const plannedCollection = z
  .object({ name: collectionAccess.shape.collection, access: accessRules })
  .transform(({ name, access }): CollectionAccess => ({ collection: name, ...access }));
const plan = z.object({ collections: z.array(z.unknown()) });

const planned = (revision: WatchedRevision | undefined): CollectionAccess[] => {
  const parsed = plan.safeParse(revision?.spec.analysis?.blueprint);
  if (!parsed.success) return [];
  return parsed.data.collections.flatMap((collection) => {
    const rule = plannedCollection.safeParse(collection);
    return rule.success ? [rule.data] : [];
  });
};

/** The rules that hold while `revision` is shown, sorted by collection; the owner's win and are never cut off. */
export const accessOf = (facts: Facts, revision: WatchedRevision | undefined): CollectionAccess[] => {
  const rules = new Map<string, CollectionAccess>();
  for (const rule of [...(facts.app.spec.access ?? []), ...planned(revision)])
    if (!rules.has(rule.collection) && rules.size < MOST) rules.set(rule.collection, rule);
  return [...rules.values()].sort((a, b) => (a.collection < b.collection ? -1 : 1));
};
