// How a row of the lexicon becomes a thing. A name with ":" counts only beside that hint: `coins:collection`.
import type { BlueprintField } from '@faibric/crds';
import type { Thing } from '../../plan/brief.ts';
import { distinctFields, makeField } from '../make-field.ts';

/** Names, icon, fields, view; see things-home.ts. */
export type ThingRow = readonly [
  names: string,
  icon: string,
  fields: string,
  view?: 'table' | 'cards' | 'checklist' | 'board',
];

/** One field as the lexicon writes it: `Amount`, `Dose:text`, `Weight in kg`, `Status (Open/Done)`. */
function rowField(text: string): BlueprintField {
  const options = /^(.+?) \((.+)\)$/.exec(text);
  if (options) return makeField(options[1] ?? '', { options: (options[2] ?? '').split('/') });
  const typed = /^(.+?):([a-z]+)$/.exec(text);
  if (typed) {
    const { name, label } = makeField(typed[1] ?? '');
    return { name, label, type: typed[2] as BlueprintField['type'] };
  }
  const unit = /^(.+) in (\S+)$/.exec(text);
  return unit ? makeField(unit[1] ?? '', { unit: unit[2] ?? '' }) : makeField(text);
}

/** The fields of a row; the first is required, because it is the title. */
export function rowFields(fields: string): BlueprintField[] {
  const [first, ...rest] = distinctFields(fields.split(', ').map(rowField));
  return first ? [{ ...first, required: true }, ...rest] : [];
}

/** The thing of a row. */
export function rowThing([names, icon, fields, view = 'table']: ThingRow): Thing {
  const [singular = 'entry', plural = 'entries'] = names.split(' ').map((name) => name.split(':')[0] ?? '');
  const made = rowFields(fields);
  const done = made.find((field) => field.type === 'boolean')?.name;
  const by = made.find((field) => field.type === 'select' && /status|stage|reply/.test(field.name))?.name;
  return {
    singular: singular.replaceAll('-', ' '),
    plural: plural.replaceAll('-', ' '),
    icon,
    fields: made,
    view,
    ...(done ? { done } : {}),
    ...(by ? { by } : {}),
  };
}
