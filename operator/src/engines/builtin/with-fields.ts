// Fields that a prompt names, put in the place of those that people expect of a thing.
import type { BlueprintField } from '@faibric/crds';
import type { Thing } from '../plan/brief.ts';
import { distinctFields } from './make-field.ts';

/** Labels that name the whole of a thing. */
const IDENTITY =
  /^(?:(?:full |first |last )?name|title|what|who|item|task|subject|word|product|customer|client|company|model|description|question|topic|\w+ (?:name|title)|which \w+|where|titel|titre|título|titolo|nom|nombre|nome|naam)$/i;

/** Whether named fields leave out what stands for the thing itself. */
function lacksTitle(named: readonly BlueprintField[], title: BlueprintField): boolean {
  const labels = named.map((field) => field.label);
  if (labels.some((label) => IDENTITY.test(label) || label.toLowerCase() === title.label.toLowerCase()))
    return false;
  const hasText = named.some((field) => field.type === 'text');
  const isPlain = /^(?:name|title)$/i.test(title.label);
  return named.length < 3 || (isPlain && (!hasText || named.length < 8));
}

/** Named fields take the place of the expected ones; what stands for the thing comes first and is required. */
export function withFields(thing: Thing, named: readonly BlueprintField[]): Thing {
  if (named.length === 0) return thing;
  const known = new Map(thing.fields.map((field) => [field.label.toLowerCase(), field]));
  const fields = named.map((field) => {
    const expected = known.get(field.label.toLowerCase());
    return expected && field.type === 'text' ? { ...expected, name: field.name } : field;
  });
  const [title] = thing.fields;
  const tick = thing.fields.find((field) => field.type === 'boolean');
  const needsTick = thing.view === 'checklist' && tick && !fields.some((field) => field.type === 'boolean');
  const all = distinctFields([
    ...(title && lacksTitle(fields, title) ? [title] : []),
    ...fields,
    ...(needsTick ? [tick] : []),
  ]);
  return { ...thing, ...withView(thing, markRequired(all)) };
}

/** The field that stands for the whole is required, all others are not. */
export function markRequired(fields: readonly BlueprintField[]): BlueprintField[] {
  const named = fields.findIndex((field) => field.type === 'text' && IDENTITY.test(field.label));
  const text = fields.findIndex((field) => field.type === 'text');
  const first = Math.max(0, named < 0 ? text : named);
  return fields.map(({ required: _, ...field }, index) =>
    index === first ? { ...field, required: true } : field,
  );
}

/** The view that the fields allow: a checklist needs a yes/no, a board a status. */
export function withView(
  thing: Thing,
  fields: readonly BlueprintField[],
): Pick<Thing, 'fields' | 'view' | 'done' | 'by'> {
  const done = fields.find((field) => field.type === 'boolean')?.name;
  const by = fields.find((field) => field.type === 'select' && /status|stage|reply/.test(field.name))?.name;
  const isLost = (thing.view === 'checklist' && !done) || (thing.view === 'board' && !by);
  return { fields, view: isLost ? 'table' : thing.view, ...(done && { done }), ...(by && { by }) };
}
