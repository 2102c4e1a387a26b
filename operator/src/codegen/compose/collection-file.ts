// The file of a collection: the type of a document, the fields of its form, the columns of its table.
import type { BlueprintCollection, BlueprintField } from '@faibric/crds';
import { type Code, join, raw, tsx } from './code.ts';
import { cycleCode, cycleColumn } from './cycle.ts';
import { literal } from './literal.ts';
import { type ModuleFile, moduleFile } from './module-file.ts';
import type { CollectionNames } from './names.ts';

const NUMBERS: ReadonlySet<string> = new Set(['number', 'money', 'rating']);
/** The form's type for those of ours that it does not have. */
const FORM_TYPES: Readonly<Record<string, string>> = {
  rating: 'number',
  tags: 'text',
  time: 'text',
  image: 'url',
};
const COLUMN_TYPES: Readonly<Record<string, string>> = {
  select: 'badge',
  rating: 'number',
  tags: 'text',
  time: 'text',
  image: 'url',
};

function typeOf(field: BlueprintField): string {
  const base = NUMBERS.has(field.type) ? 'number' : field.type === 'boolean' ? 'boolean' : 'string';
  return field.required || field.type === 'boolean' ? base : `${base} | null`;
}

function formField(field: BlueprintField): Record<string, unknown> {
  const isRating = field.type === 'rating';
  return {
    name: field.name,
    label: field.label,
    type: FORM_TYPES[field.type] ?? field.type,
    ...(field.required ? { required: true } : {}),
    ...(field.options ? { options: field.options } : {}),
    ...(field.unit ? { unit: field.unit } : {}),
    ...(isRating ? { min: 1, max: 5, step: 1, hint: field.hint ?? '1 to 5' } : {}),
    ...(field.type === 'tags' ? { hint: field.hint ?? 'Separated by commas' } : {}),
    ...(field.type === 'time' ? { placeholder: '18:30' } : {}),
    ...(field.hint && !isRating ? { hint: field.hint } : {}),
  };
}

function column(field: BlueprintField, names: CollectionNames): string {
  const { currency } = names.collection;
  const plain = {
    key: field.name,
    label: field.label,
    type: COLUMN_TYPES[field.type] ?? field.type,
    sortable: true,
    ...(field.unit ? { unit: field.unit } : {}),
    ...(field.type === 'money' && currency ? { currency } : {}),
  };
  const text = literal(plain);
  if (field.type !== 'rating') return text;
  return text.replace(/ \}$/, `, render: (${names.one}) => '★'.repeat(${names.one}.${field.name} ?? 0) }`);
}

/** Fields whose values fit a table; long texts are read and changed in the form. */
const inTable = (collection: BlueprintCollection): readonly BlueprintField[] =>
  collection.fields.length <= 5
    ? collection.fields
    : collection.fields.filter((field) => field.type !== 'longtext').slice(0, 8);

/** Whether the table of a collection is shown somewhere, so that its columns are needed. */
export interface CollectionUse {
  readonly columns: boolean;
  readonly form: boolean;
}

/** The file of one collection; what is not used anywhere is left out. */
export function collectionFile(names: CollectionNames, use: CollectionUse): ModuleFile {
  const { collection, type, one } = names;
  const properties = collection.fields.map((field) => raw(`${field.name}: ${typeOf(field)};`));
  const fields = collection.fields.map((field) => raw(`${literal(formField(field))},`));
  const columns = [
    ...inTable(collection).map((field) => raw(`${column(field, names)},`)),
    cycleColumn(names),
  ];
  const pieces: (Code | undefined | false)[] = [
    tsx`
      export type ${type} = {
        ${properties}
      };
    `,
    use.form &&
      tsx`
        /** The form. */
        export const ${one}Fields: RecordField[] = [
          ${fields}
        ];
      `,
    use.columns && cycleCode(names),
    use.columns &&
      tsx`
        /** The table. */
        export const ${one}Columns: Column<Item<${type}>>[] = [
          ${columns}
        ];
      `,
  ];
  return moduleFile(
    `src/collections/${names.file}.ts`,
    'One document as it is stored, and how it is filled in and shown.',
    join(pieces, '\n\n'),
  );
}
