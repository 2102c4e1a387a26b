// How the reference page shows a JSON Schema: one line for a type, a table for an object's fields.
import type { JsonSchema } from './components.ts';
import { type Html, html } from './html.ts';

const NOTHING = html``;

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const schemasIn = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

const nameOf = (reference: string): string => reference.split('/').at(-1) ?? '';

const joined = (parts: readonly Html[]): Html =>
  html`${parts.map((part, index) => (index === 0 ? part : html` or ${part}`))}`;

const literal = (value: unknown): Html => html`<code>${JSON.stringify(value)}</code>`;

const arrayType = (schema: JsonSchema): Html =>
  isSchema(schema.items) ? html`list of ${typeView(schema.items)}` : html`list`;

const objectType = (schema: JsonSchema): Html => {
  if (isSchema(schema.properties)) return html`object`;
  return isSchema(schema.additionalProperties) && Object.keys(schema.additionalProperties).length > 0
    ? html`object of ${typeView(schema.additionalProperties)}`
    : html`any object`;
};

const plainType = (type: unknown): Html => {
  if (Array.isArray(type)) return html`${type.join(' or ')}`;
  return typeof type === 'string' ? html`${type}` : html`anything`;
};

/** The type in a few words, with links to named schemas. */
export const typeView = (schema: JsonSchema): Html => {
  if (typeof schema.$ref === 'string') {
    const name = nameOf(schema.$ref);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if ('const' in schema) return literal(schema.const);
  if (Array.isArray(schema.enum)) return joined(schema.enum.map(literal));
  const choices = [...schemasIn(schema.anyOf), ...schemasIn(schema.oneOf)];
  if (choices.length > 0) return joined(choices.map(typeView));
  if (schema.type === 'array') return arrayType(schema);
  return schema.type === 'object' ? objectType(schema) : plainType(schema.type);
};

const BOUNDS: readonly (readonly [string, string])[] = [
  ['minimum', 'at least'],
  ['maximum', 'at most'],
  ['minLength', 'characters at least'],
  ['maxLength', 'characters at most'],
  ['minItems', 'entries at least'],
  ['maxItems', 'entries at most'],
  ['pattern', 'matches'],
  ['format', 'format'],
  ['default', 'default'],
];

const notesOf = (schema: JsonSchema): Html[] =>
  BOUNDS.flatMap(([key, words]) =>
    schema[key] === undefined ? [] : [html`<span class="note">${words} ${literal(schema[key])}</span> `],
  );

/** One field: name, type, whether it must be there, and its bounds. */
export interface FieldView {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  readonly place?: string;
  readonly description?: string;
}

const describedBy = ({ description, schema }: FieldView): Html => {
  const text = description ?? schema.description;
  return typeof text === 'string' ? html`<p>${text}</p>` : NOTHING;
};

/** A table of fields. */
export const fieldTable = (fields: readonly FieldView[]): Html =>
  html`<dl class="fields">${fields.map(
    (field) =>
      html`<div><dt><code>${field.name}</code>${field.required ? html` <b>required</b>` : NOTHING}${
        field.place === undefined ? NOTHING : html` <i>${field.place}</i>`
      }</dt><dd>${typeView(field.schema)} ${notesOf(field.schema)}${describedBy(field)}${inner(field.schema)}</dd></div>`,
  )}</dl>`;

// Objects without a name are shown where they stand, also inside a list or beside null.
const inner = (schema: JsonSchema): Html => {
  const objects = [
    schema,
    ...schemasIn(schema.anyOf),
    ...(isSchema(schema.items) ? [schema.items] : []),
  ].filter((part) => isSchema(part.properties));
  return html`${objects.map(fieldsOf)}`;
};

const fieldsOf = (schema: JsonSchema): Html => {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
  return fieldTable(
    properties.flatMap(([name, property]) =>
      isSchema(property) ? [{ name, schema: property, required: required.includes(name) }] : [],
    ),
  );
};

/** A whole schema: its type, and its fields when it is an object. */
export const schemaView = (schema: JsonSchema): Html =>
  isSchema(schema.properties)
    ? fieldsOf(schema)
    : html`<p>${typeView(schema)} ${notesOf(schema)}</p>${inner(schema)}`;
