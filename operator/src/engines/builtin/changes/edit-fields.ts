// Changes of fields: add, remove, call otherwise. The key of a field never changes once it is there, so documents keep
// what they hold; a removed field is no longer shown, and its values stay in the documents.
import type { Blueprint, BlueprintCollection, BlueprintField, BlueprintSection } from '@faibric/crds';
import { distinctFields, sentenceCase } from '../make-field.ts';
import { readListOf } from '../read-fields.ts';

const ADD =
  /^(?:please )?(?:(?:also )?add|include|track|record|store|we (?:also )?need|i (?:also )?(?:need|want)|there should be|give (?:it|each \w+|every \w+))\s+(?:(?:an?|the|also|more|new|another|extra|fields?|columns?|for|called|named)\s+)*(.+?)(?:\s+(?:fields?|columns?))?(?:\s+(?:to|for|in|on)\s+(?:the\s+|each\s+|every\s+|all\s+|my\s+)?([\p{L}\s-]{2,40}))?[.!]?$/iu;
const REMOVE =
  /^(?:please )?(?:remove|delete|drop|hide|get rid of|take (?:away|out)|without)\s+(?:the\s+)?(.+?)(?:\s+(?:fields?|columns?))?(?:\s+(?:from|of|in)\s+(?:the\s+)?[\p{L}\s-]+)?[.!]?$/iu;
const RENAME =
  /^(?:please )?(?:rename|change|call)\s+(?:the\s+)?(?:fields?\s+|columns?\s+)?["“]?(.+?)["”]?(?:\s+(?:field|column))?\s+(?:to|into|as)\s+["“]?(.+?)["”]?[.!]?$/i;

const named = (label: string): string => label.trim().toLowerCase().replace(/["“”]/g, '');

/** The collection that a change speaks of, else the first one. */
function targetOf(plan: Blueprint, text: string): BlueprintCollection | undefined {
  const lower = text.toLowerCase();
  const spoken = plan.collections.find(
    ({ label, singular }) => lower.includes(label.toLowerCase()) || lower.includes(singular.toLowerCase()),
  );
  return spoken ?? plan.collections[0];
}

const withCollection = (plan: Blueprint, changed: BlueprintCollection): Blueprint => ({
  ...plan,
  collections: plan.collections.map((one) => (one.name === changed.name ? changed : one)),
});

/** "add a due date": new fields at the end, none twice. */
export function addFields(plan: Blueprint, text: string): Blueprint | undefined {
  const match = ADD.exec(text);
  const target = targetOf(plan, match?.[2] ?? text);
  if (!match || !target) return undefined;
  const wanted = readListOf(match[1] ?? '');
  const known = new Set(target.fields.map((field) => field.label.toLowerCase()));
  const fresh = wanted.filter((field) => !known.has(field.label.toLowerCase()));
  if (wanted.length === 0 || target.fields.length + fresh.length > 30) return undefined;
  const hasMoney = fresh.some((field) => field.type === 'money');
  const fields = distinctFields([...target.fields, ...fresh]);
  return withCollection(plan, {
    ...target,
    fields,
    ...(hasMoney && !target.currency ? { currency: 'USD' } : {}),
  });
}

const findField = (plan: Blueprint, label: string) =>
  plan.collections
    .map((collection) => ({
      collection,
      field: collection.fields.find((one) => named(one.label) === named(label)),
    }))
    .find(
      (found): found is { collection: BlueprintCollection; field: BlueprintField } =>
        found.field !== undefined,
    );

/** Whether a section needs a field of a collection. */
const needs = (section: BlueprintSection, collection: string, field: string): boolean =>
  'collection' in section &&
  section.collection === collection &&
  (('by' in section && section.by === field) ||
    ('measure' in section && section.measure === field) ||
    (section.kind === 'stats' && section.items.some((item) => item.field === field)));

function withoutNeed(
  section: BlueprintSection,
  collection: string,
  field: string,
): BlueprintSection | undefined {
  if (section.kind === 'records' && section.collection === collection) {
    const { by, done, ...rest } = section;
    const isLost = by === field || done === field;
    return isLost ? { ...rest, view: 'table' } : section;
  }
  return needs(section, collection, field) ? undefined : section;
}

/** "remove the species": the field goes, and the charts that were of it. The last field stays. */
export function removeField(plan: Blueprint, text: string): Blueprint | undefined {
  const found = findField(plan, REMOVE.exec(text)?.[1] ?? '');
  if (!found || found.collection.fields.length < 2) return undefined;
  const { collection, field } = found;
  const fields = collection.fields.filter((one) => one !== field);
  const title = collection.title === field.name ? (fields[0]?.name ?? collection.title) : collection.title;
  const pages = plan.pages.map((page) => ({
    ...page,
    sections: page.sections.flatMap((section) => withoutNeed(section, collection.name, field.name) ?? []),
  }));
  const { cycle, ...rest } = collection;
  const keepsCycle = cycle && cycle.date !== field.name && cycle.days !== field.name;
  const changed = { ...rest, fields, title, ...(keepsCycle ? { cycle } : {}) };
  return { ...withCollection(plan, changed), pages };
}

/** "rename species to variety": the label changes, the key stays. */
export function renameField(plan: Blueprint, text: string): Blueprint | undefined {
  const [, from = '', to = ''] = RENAME.exec(text) ?? [];
  const found = findField(plan, from);
  if (!found || to.length > 60) return undefined;
  const fields = found.collection.fields.map((field) =>
    field === found.field ? { ...field, label: sentenceCase(to.trim()) } : field,
  );
  return withCollection(plan, { ...found.collection, fields });
}
