// Values for a JSON Schema of the OpenAPI document: mostly valid, at the bounds on purpose. What a schema cannot say
// (a look-ahead in a pattern, a rule between fields) is left to chance, so a value may turn out invalid; the API must
// cope with both.
import fc from 'fast-check';
import type { JsonSchema } from '../../src/openapi/components.ts';
import { anyJson, hostileText } from './hostile.ts';

/**
 * Values of fields, by name, that mean something to the server under test: an e-mail that has an account. A name with a
 * plus before it is of a field that no schema names: a parameter of a gateway's service.
 */
export type KnownValues = Readonly<Record<string, unknown>>;

/** Makes arbitraries for schemas that may refer to the document's components. */
export type ArbitraryOf = (schema: JsonSchema) => fc.Arbitrary<unknown>;

type Given = Record<string, unknown>;

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const schemasIn = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
const numberIn = (schema: Given, key: string, fallback: number): number =>
  typeof schema[key] === 'number' ? schema[key] : fallback;

const matching = (pattern: string): fc.Arbitrary<string> => {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' });
  } catch {
    // fast-check makes no look-aheads.
    return fc.constantFrom('title', 'done', 'created_at', 'n');
  }
};

const textOf = (schema: Given): fc.Arbitrary<unknown> => {
  if (typeof schema.pattern === 'string') return matching(schema.pattern);
  const min = numberIn(schema, 'minLength', 0);
  const max = Math.min(numberIn(schema, 'maxLength', 60), 9_000);
  const ofLength = (length: number) => fc.constant('x'.repeat(length));
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.string({ unit: 'grapheme', minLength: Math.min(min, 40), maxLength: Math.min(max, 40) }),
    },
    {
      weight: 1,
      arbitrary: fc.oneof(ofLength(min), ofLength(max), ofLength(Math.max(0, min - 1)), ofLength(max + 1)),
    },
    { weight: 1, arbitrary: hostileText },
  );
};

const numberOf = (schema: Given): fc.Arbitrary<unknown> => {
  const min = Math.max(numberIn(schema, 'minimum', -1_000), Number.MIN_SAFE_INTEGER);
  const max = Math.min(numberIn(schema, 'maximum', 1_000), Number.MAX_SAFE_INTEGER);
  const bounds = fc.constantFrom(min, max, min - 1, max + 1);
  const inside = fc.integer({ min, max: Math.max(min, max) });
  const all =
    schema.type === 'integer'
      ? inside
      : fc.oneof(inside, fc.double({ min, max: Math.max(min, max), noNaN: true }));
  return fc
    .oneof({ weight: 4, arbitrary: all }, { weight: 1, arbitrary: bounds })
    .map((value) => (Object.is(value, -0) ? 0 : value));
};

/** What the API itself does not look into: plain fields as often as anything at all. */
const anyObject = fc.oneof(
  fc.record({
    title: fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
    n: fc.integer(),
    done: fc.boolean(),
  }),
  fc.dictionary(hostileText, anyJson, { maxKeys: 5 }),
);

/** Makes it for a document's components. */
export const arbitraryFor = (
  components: Readonly<Record<string, JsonSchema>>,
  known: KnownValues = {},
): ArbitraryOf => {
  const field = (name: string, schema: JsonSchema, depth: number): fc.Arbitrary<unknown> => {
    const value = Object.hasOwn(known, name) ? known[name] : undefined;
    const any = make(schema, depth + 1);
    return value === undefined ? any : fc.oneof(fc.constant(value), any);
  };
  const objectOf = (schema: Given, depth: number): fc.Arbitrary<unknown> => {
    const properties = isSchema(schema.properties) ? schema.properties : {};
    const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
    const fields = Object.fromEntries(
      Object.entries(properties).flatMap(([name, inner]) =>
        isSchema(inner) ? [[name, field(name, inner, depth)]] : [],
      ),
    );
    const named = fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
    if (!isSchema(schema.additionalProperties)) return named;
    const odd = fc.dictionary(fc.oneof(fc.constantFrom('title', 'city', 'ids'), hostileText), anyJson, {
      maxKeys: 3,
    });
    const usual = Object.entries(known).flatMap(([name, value]) =>
      name.startsWith('+') ? [[name.slice(1), value] as const] : [],
    );
    const more = fc.oneof(fc.constant(Object.fromEntries(usual)), odd);
    return fc.tuple(more, named).map(([extra, own]) => ({ ...extra, ...own }));
  };
  const byType = (schema: Given, depth: number): fc.Arbitrary<unknown> => {
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    switch (type) {
      case 'string':
        return textOf(schema);
      case 'integer':
      case 'number':
        return numberOf({ ...schema, type });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return fc.array(isSchema(schema.items) ? make(schema.items, depth + 1) : anyJson, {
          minLength: numberIn(schema, 'minItems', 0),
          maxLength: Math.min(numberIn(schema, 'maxItems', 4), numberIn(schema, 'minItems', 0) + 4),
        });
      case 'object':
        return isSchema(schema.properties) ? objectOf(schema, depth) : anyObject;
      default:
        return anyJson;
    }
  };
  const component = (reference: string, depth: number): fc.Arbitrary<unknown> => {
    const schema = components[reference.split('/').at(-1) ?? ''];
    return schema === undefined ? anyJson : make(schema, depth + 1);
  };
  /** Of a schema that lists what there is to choose from; null when it does not. */
  const choiceOf = (schema: JsonSchema, depth: number): fc.Arbitrary<unknown> | null => {
    if ('const' in schema) return fc.constant(schema.const);
    if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
    const choices = [...schemasIn(schema.anyOf), ...schemasIn(schema.oneOf)];
    return choices.length === 0 ? null : fc.oneof(...choices.map((choice) => make(choice, depth + 1)));
  };
  const make = (schema: JsonSchema, depth: number): fc.Arbitrary<unknown> => {
    if (depth > 6) return anyJson;
    if (typeof schema.$ref === 'string') return component(schema.$ref, depth);
    const nullable = Array.isArray(schema.type) && schema.type.includes('null');
    const value = choiceOf(schema, depth) ?? byType(schema, depth);
    return nullable ? fc.option(value, { freq: 4 }) : value;
  };
  return (schema) => make(schema, 0);
};
