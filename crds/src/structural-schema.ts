// From zod to the structural OpenAPI schema that a CRD takes. Anything the API server would refuse or silently
// prune is an error here, so a bad schema fails in a unit test and not in a cluster.
import { z } from 'zod';
import { type CelRule, PATTERN_MESSAGE } from './schema-parts.ts';

/** A node of a structural schema. */
export type SchemaNode = { [key: string]: unknown };

const REFUSED = ['anyOf', 'oneOf', 'allOf', 'not', '$ref', 'const', 'additionalItems', 'patternProperties'];
// Only the bounds of JavaScript's own safe integers: noise in `kubectl explain`, and no rule of ours.
const SAFE = Number.MAX_SAFE_INTEGER;

const clean = (node: unknown, path: string): unknown => {
  if (Array.isArray(node)) return node.map((item, index) => clean(item, `${path}[${index}]`));
  if (node === null || typeof node !== 'object') return node;
  const source = node as SchemaNode;
  const bad = REFUSED.find((key) => key in source && !path.endsWith('.properties'));
  if (bad) throw new Error(`a CRD takes no ${bad}: ${path}`);
  return cleanObject(patternToRule(source), path);
};

// The API server names a broken `pattern` by its regular expression, which helps nobody. A pattern with a message
// of ours becomes a CEL rule, which answers with the message.
const patternToRule = (node: SchemaNode): SchemaNode => {
  const { pattern, [PATTERN_MESSAGE]: message, ...rest } = node;
  if (typeof message !== 'string') return node;
  const rules = (rest['x-kubernetes-validations'] ?? []) as readonly CelRule[];
  const rule = { rule: `self.matches(r'${String(pattern)}')`, message };
  return { ...rest, 'x-kubernetes-validations': [rule, ...rules] };
};

const cleanObject = (source: SchemaNode, path: string): SchemaNode => {
  const out: SchemaNode = {};
  for (const [key, value] of Object.entries(source)) {
    if (key === '$schema' || key === 'propertyNames') continue;
    if (key === 'additionalProperties' && source['x-kubernetes-preserve-unknown-fields']) continue;
    if ((key === 'maximum' && value === SAFE) || (key === 'minimum' && value === -SAFE)) continue;
    // CEL rules hold text that may look like keywords; they pass as they are.
    out[key] = key === 'x-kubernetes-validations' ? value : clean(value, `${path}.${key}`);
  }
  if (out.type === 'integer') out.format = 'int64';
  return out;
};

/** The structural schema of a zod schema; throws where a CRD could not hold it. */
export const structuralSchema = (schema: z.ZodType): SchemaNode =>
  clean(z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }), '') as SchemaNode;
