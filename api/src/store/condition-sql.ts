// Turns conditions into SQL on `d.data`. Each piece says itself when it does not know (a missing field gives null), so
// negations are written as `is not true`. `@>` is what the index of a large collection serves, and so is the sort value.
import type { Comparison, Condition, Scalar } from '../db/condition.ts';
import type { Bind } from './bound-values.ts';

const OPERATOR: Record<Comparison, string> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** The value that a field sorts and compares by: its JSON, or null when it is missing or JSON's null. */
export const sortValue = (field: string, bind: Bind): string =>
  `nullif(d.data -> ${bind.field(field)}, 'null'::jsonb)`;

// LIKE's own signs are taken literally; the cases are made equal in the database, by one rule for both sides.
const pattern = (text: string, bind: Bind): string =>
  `lower(${bind(`%${text.replace(/[\\%_]/g, '\\$&')}%`, 'text')})`;

const equalTo = (object: object, bind: Bind): string => `d.data @> ${bind(JSON.stringify(object), 'jsonb')}`;

// A computed key would make `__proto__` a prototype; field names never begin with _, but this does not rest on it.
const objectOf = (entries: readonly (readonly [string, unknown])[]): object => Object.fromEntries(entries);

const containsSql = (field: string, value: Scalar, bind: Bind): string => {
  const element = equalTo(objectOf([[field, [value]]]), bind);
  if (typeof value !== 'string') return element;
  const name = bind.field(field);
  const text = `lower(d.data ->> ${name}) like ${pattern(value, bind)}`;
  return `((${text} and jsonb_typeof(d.data -> ${name}) = 'string') or ${element})`;
};

// The whole text first, which is one comparison; then the texts in it, so that neither keys nor JSON's own signs match.
const anywhereSql = (text: string, bind: Bind): string =>
  `(lower(d.data::text) like ${pattern(JSON.stringify(text).slice(1, -1), bind)} and exists (
    select 1 from jsonb_path_query(d.data, 'strict $.**') v
    where jsonb_typeof(v) = 'string' and lower(v #>> '{}') like ${pattern(text, bind)}))`;

// JSON's order in Postgres: null, texts, numbers, booleans, lists, objects; an empty list comes before all. So each type is a
// range, which an index serves alone: numbers lie between these two (a document holds doubles), texts before them.
const LOWEST_NUMBER = `'-1e400'::jsonb`;
const BOUNDS = {
  number: { low: `>= ${LOWEST_NUMBER}`, high: `<= '1e400'::jsonb` },
  string: { low: `>= '""'::jsonb`, high: `< ${LOWEST_NUMBER}` },
};

const compareSql = (condition: Extract<Condition, { kind: 'compare' }>, bind: Bind): string => {
  const { field, than, value } = condition;
  const key = sortValue(field, bind);
  const { low, high } = typeof value === 'number' ? BOUNDS.number : BOUNDS.string;
  const bound = than === 'gt' || than === 'gte' ? high : low;
  return `(${key} ${OPERATOR[than]} ${bind(JSON.stringify(value), 'jsonb')} and ${key} ${bound})`;
};

// Equalities that must all hold are one containment, which is one look into the index.
const allSql = (parts: readonly Condition[], bind: Bind): string => {
  const equals = new Map<string, Scalar>();
  const rest = parts.filter((part) => {
    if (part.kind !== 'equal' || equals.has(part.field)) return true;
    equals.set(part.field, part.value);
    return false;
  });
  const merged = equals.size === 0 ? [] : [equalTo(objectOf([...equals]), bind)];
  const pieces = [...merged, ...rest.map((part) => conditionSql(part, bind))];
  // One piece stands without brackets, so that one equality and several give the same text.
  return pieces.length === 1 ? `${pieces[0]}` : `(${pieces.join(' and ') || 'true'})`;
};

/** The SQL of a condition, in brackets where it needs them. */
export const conditionSql = (condition: Condition, bind: Bind): string => {
  switch (condition.kind) {
    case 'and':
      return allSql(condition.parts, bind);
    case 'or':
      return `(${condition.parts.map((part) => conditionSql(part, bind)).join(' or ')})`;
    case 'not':
      return `((${conditionSql(condition.part, bind)}) is not true)`;
    case 'equal':
      return equalTo(objectOf([[condition.field, condition.value]]), bind);
    case 'missing':
      return `(${sortValue(condition.field, bind)} is null)`;
    case 'compare':
      return compareSql(condition, bind);
    case 'contains':
      return containsSql(condition.field, condition.value, bind);
    case 'anywhere':
      return anywhereSql(condition.text, bind);
  }
};

/** True when all that the condition asks is equality of fields: its text is then the same for every such filter. */
export const isPlain = (condition: Condition): boolean =>
  condition.kind === 'equal' ||
  (condition.kind === 'and' &&
    condition.parts.every((part) => part.kind === 'equal') &&
    new Set(condition.parts.map((part) => (part.kind === 'equal' ? part.field : ''))).size ===
      condition.parts.length);
