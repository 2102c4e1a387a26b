// What the app shows of a thing it keeps: figures and a chart where asked or where money is involved, then the list.
import type { BlueprintCollection, BlueprintField, BlueprintSection } from '@faibric/crds';
import { accessOfPlan } from './access-of-plan.ts';
import type { Audience, Brief, Thing } from './brief.ts';

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** `Vintage typewriters` to `vintage_typewriters`; other scripts give `entries`. */
export function collectionName(plural: string): string {
  const name = plural
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40);
  return name.length > 1 ? name : 'entries';
}

/** The collection that keeps a thing. */
export function thingCollection(thing: Thing, audience: Audience): BlueprintCollection {
  const title = thing.fields.find((field) => field.required) ?? thing.fields[0];
  const hasMoney = thing.fields.some((field) => field.type === 'money');
  return {
    name: collectionName(thing.plural),
    label: capital(thing.plural),
    singular: capital(thing.singular),
    fields: [...thing.fields],
    title: title?.name ?? 'name',
    access: accessOfPlan(thing.sharing ?? audience.sharing, audience),
    ...cycleOf(thing),
    ...(hasMoney ? { currency: thing.currency ?? 'USD' } : {}),
  };
}

/** "Watering interval" in days and "Last watered": the day of the next watering can be told. */
function cycleOf({ fields }: Thing): Pick<BlueprintCollection, 'cycle'> {
  const days = fields.find(
    (field) => field.unit === 'days' && /interval|every|frequency|cycle/i.test(field.label),
  );
  const date = fields.find((field) => field.type === 'date' && /\blast\b/i.test(field.label));
  if (!days || !date) return {};
  const task = days.label
    .replace(/\b(?:interval|frequency|cycle|every)\b/gi, '')
    .trim()
    .toLowerCase();
  const past = /\blast\s+(\p{L}+ed)\b/iu.exec(date.label)?.[1];
  return {
    cycle: {
      date: date.name,
      days: days.name,
      label: task ? `Next ${task}` : 'Next time',
      action: past ? `${capital(past.toLowerCase())} today` : 'Done today',
    },
  };
}

const isNumber = (field: BlueprintField): boolean =>
  field.type === 'money' ||
  (field.type === 'number' && !/year|\bage\b|season|number|room|interval|^how/i.test(field.name));

/** The sections of one thing. */
export function thingSections(
  thing: Thing,
  collection: BlueprintCollection,
  brief: Brief,
): BlueprintSection[] {
  const id = collection.name.replaceAll('_', '-').slice(0, 30);
  const measure =
    collection.fields.find((field) => field.type === 'money') ?? collection.fields.find(isNumber);
  const sections: BlueprintSection[] = [];
  if (measure && (brief.figures || brief.chart || measure.type === 'money'))
    sections.push(stats(id, collection, measure));
  sections.push({
    kind: 'records',
    id,
    title: collection.label,
    collection: collection.name,
    view: thing.view,
    ...(thing.view === 'checklist' && thing.done ? { done: thing.done } : {}),
    ...(thing.view === 'board' && thing.by ? { by: thing.by } : {}),
  });
  const chart = brief.chart ? chartOf(id, collection, { measure, overTime: brief.overTime }) : undefined;
  return chart ? [...sections, chart] : sections;
}

/** Measures whose sum says nothing. */
const NO_SUM =
  /weight|height|length|temperature|pulse|systolic|diastolic|age$|score|rate|level|speed|size|grade|progress/i;

function stats(id: string, collection: BlueprintCollection, measure: BlueprintField): BlueprintSection {
  const label = measure.label.toLowerCase();
  return {
    kind: 'stats',
    id: `${id}-figures`,
    collection: collection.name,
    items: [
      { label: collection.label, of: 'count' },
      ...(NO_SUM.test(measure.name) || measure.unit === '%'
        ? []
        : [{ label: `Total ${label}`, of: 'sum' as const, field: measure.name }]),
      { label: `Average ${label}`, of: 'average', field: measure.name },
    ],
  };
}

/** A chart needs something to group by: a choice first, else a date. */
function chartOf(
  id: string,
  collection: BlueprintCollection,
  { measure, overTime }: { readonly measure: BlueprintField | undefined; readonly overTime: boolean },
): BlueprintSection | undefined {
  const category = collection.fields.find(
    (field) => field.type === 'select' || /categor|type|kind|genre/i.test(field.name),
  );
  const date = collection.fields.find((field) => field.type === 'date' || field.type === 'datetime');
  const isValue = measure !== undefined && measure.type !== 'money' && !category;
  const by = overTime || isValue ? (date ?? category) : (category ?? date);
  if (!by) return undefined;
  const isLine = by === date && measure !== undefined && measure.type !== 'money';
  const what = measure ? measure.label : collection.label;
  return {
    kind: 'chart',
    id: `${id}-chart`,
    title: isLine ? `${what} over time` : `${what} by ${by === date ? 'month' : by.label.toLowerCase()}`,
    collection: collection.name,
    shape: isLine ? 'line' : 'bar',
    by: by.name,
    ...(measure ? { measure: measure.name } : {}),
  };
}
