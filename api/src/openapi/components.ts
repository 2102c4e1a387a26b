// JSON Schemas of the contract's zod schemas. Every schema that the contract exports as `…Schema` has a name in the
// document and stands there once; others are written out where they are used. The form is that of what is sent
// (`io: input`): an answer may gain fields, so its objects are not closed.
import { z } from 'zod';
import * as contract from '../contract/index.ts';

/** A JSON Schema (2020-12) as it stands in the document. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Turns zod schemas into JSON Schemas and collects the named ones. */
export interface Components {
  /** The schema, or a reference when it has a name. */
  use(schema: z.ZodType): JsonSchema;
  /** The schema itself, whatever its name. */
  expand(schema: z.ZodType): JsonSchema;
  /** All named schemas that were used so far, sorted by name. */
  all(): Record<string, JsonSchema>;
}

const SUFFIX = 'Schema';

const namedSchemas = (): Map<z.ZodType, string> =>
  new Map(
    Object.entries(contract).flatMap(([key, value]) =>
      key.endsWith(SUFFIX) && value instanceof z.ZodType
        ? [[value, key.charAt(0).toUpperCase() + key.slice(1, -SUFFIX.length)] as const]
        : [],
    ),
  );

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Puts right what zod says of whole numbers, and of query values, which are text that means something else. */
const simplify = ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: object }): void => {
  if (!isObject(jsonSchema)) return;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.type === 'boolean') delete jsonSchema.enum;
  const given = z.globalRegistry.get(zodSchema)?.default;
  if (given !== undefined) jsonSchema.default = given;
};

/** References point into the document's components instead of the schema's own definitions. */
const relocate = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(relocate);
  if (typeof value === 'string') return value.replace(/^#\/\$defs\//, '#/components/schemas/');
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, relocate(inner)]));
};

const relocated = (schema: unknown): JsonSchema => {
  const moved = relocate(schema);
  return isObject(moved) ? moved : {};
};

/** Starts an empty collection. */
export const makeComponents = (): Components => {
  for (const [schema, id] of namedSchemas())
    z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id });
  const found = new Map<string, JsonSchema>();
  const use = (schema: z.ZodType): JsonSchema => {
    const made = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io: 'input',
      unrepresentable: 'any',
      override: simplify,
    });
    const { $schema: _draft, $defs = {}, ...root } = made;
    for (const [name, definition] of Object.entries($defs)) found.set(name, relocated(definition));
    return relocated(root);
  };
  const expand = (schema: z.ZodType): JsonSchema => {
    const before = new Set(found.keys());
    const used = use(schema);
    const name = typeof used.$ref === 'string' ? (used.$ref.split('/').at(-1) ?? '') : '';
    const definition = found.get(name) ?? used;
    // Written out here and referred to nowhere: no component of its own.
    if (!before.has(name)) found.delete(name);
    return definition;
  };
  const all = () => Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { use, expand, all };
};
