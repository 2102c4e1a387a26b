// What comes round: a plant that is watered every so many days. Gives the table a column with the day it is due again, and
// a button that says it was done today.
import { type Code, local, raw, smallIcon, tsx } from './code.ts';
import { prop, tag } from './jsx.ts';
import { attribute, literal } from './literal.ts';
import { type CollectionNames, camelCase } from './names.ts';

const nameOf = ({ collection, type }: CollectionNames): string =>
  camelCase(collection.cycle?.label ?? '') || `next${type}`;

/** Functions of the collection's file: today, and the day when it is due again. */
export function cycleCode(names: CollectionNames): Code | undefined {
  const { cycle } = names.collection;
  if (!cycle) return undefined;
  const { one, type } = names;
  const dates = ['addDays', 'isValid', 'lightFormat', 'parseISO'].map((name) => ({ name, from: 'date-fns' }));
  const code = tsx`
    /** The day of today as it is stored. */
    export const today = () => lightFormat(new Date(), 'yyyy-MM-dd');

    /** The day when it is due again; null while the date or the interval is not known. */
    export function ${nameOf(names)}(${one}: ${type}): string | null {
      const day = addDays(parseISO(${one}.${cycle.date} ?? ''), ${one}.${cycle.days} ?? Number.NaN);
      return isValid(day) ? lightFormat(day, 'yyyy-MM-dd') : null;
    }

    function ${nameOf(names)}Text(${one}: ${type}): string {
      const day = ${nameOf(names)}(${one});
      if (day === null) return '–';
      if (day === today()) return 'Today';
      return day < today() ? \`Overdue since \${formatDate(day)}\` : formatDate(day);
    }
  `;
  return { ...code, imports: [...code.imports, ...dates] };
}

/** The column with that day. */
export function cycleColumn(names: CollectionNames): Code | undefined {
  const { cycle } = names.collection;
  if (!cycle) return undefined;
  const name = nameOf(names);
  const plain = literal({ key: name, label: cycle.label, sortable: true });
  return raw(`${plain.replace(/ \}$/, '')}, sortValue: ${name}, render: ${name}Text },`);
}

/** The button in each row. */
export function cycleButton(names: CollectionNames): Code {
  const { one, many, file, collection } = names;
  const { cycle } = collection;
  const today = local('today', `../collections/${file}`);
  const save = `() => void ${many}.update(${one}.id, { ${cycle?.date}: today() })`;
  const button = tag('IconButton', [
    attribute('label', cycle?.action ?? ''),
    prop('icon', smallIcon('CalendarCheck')),
    prop('onClick', save),
  ]);
  const code = tsx`
    (${one}) => (
      ${button}
    )
  `;
  return { ...code, imports: [...code.imports, ...today.imports] };
}
