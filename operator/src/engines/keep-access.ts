// A model plans anew at every change, from all that was ever asked. The rules of what is there already must not move with
// that: "add a guest book" to a list of todos would open the todos. They move only by a change that speaks of rules.
import { type Blueprint, blueprint } from '@faibric/crds';
import { changeAccess } from './builtin/changes/edit-access.ts';
import type { AnalyzeInput } from './engine.ts';

/** The plan with the rules that its collections had before, as the last change leaves them. */
export function keepAccess(plan: Blueprint, { previous, changes }: AnalyzeInput): Blueprint {
  const parsed = blueprint.safeParse(previous?.analysis.blueprint);
  if (!parsed.success) return plan;
  const last = changes.at(-1)?.prompt;
  const before = (last === undefined ? undefined : changeAccess(parsed.data, last)) ?? parsed.data;
  const rules = new Map(before.collections.map(({ name, access }) => [name, access]));
  return {
    ...plan,
    collections: plan.collections.map((collection) => ({
      ...collection,
      access: rules.get(collection.name) ?? collection.access,
    })),
  };
}
