// Reads `filter`: a JSON object of fields and what must hold for them, into conditions whose values are only ever bound.
// Everything that is not known is an error: an operator that a typing mistake turns off would show what it should hide.
import { FIELD_PATTERN } from '../contract/document.ts';
import {
  MAX_FILTER_CONDITIONS,
  MAX_FILTER_DEPTH,
  MAX_FILTER_LENGTH,
  MAX_FILTER_VALUES,
} from '../contract/limits.ts';
import { ApiError } from '../errors.ts';
import { scanJson } from '../http/parse-json.ts';
import type { Comparison, Condition, Scalar } from './condition.ts';

const MAX_SEARCH_WORDS = 8;

const bad = (detail: string): ApiError => new ApiError('invalid_query', detail, { field: 'filter' });
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wellFormed = (text: string): string => {
  if (text.includes('\u0000') || !text.isWellFormed()) throw bad('filter holds text that is not valid.');
  return text;
};

const scalar = (name: string, value: unknown): Scalar | null => {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  throw bad(`filter: ${name} takes text, a number, true, false or null.`);
};

const equal = (field: string, value: Scalar | null): Condition =>
  value === null ? { kind: 'missing', field } : { kind: 'equal', field, value };

const anyOf = (field: string, name: string, values: unknown): Condition => {
  if (!Array.isArray(values) || values.length === 0 || values.length > MAX_FILTER_VALUES)
    throw bad(`filter: ${name} takes a list of 1 to ${MAX_FILTER_VALUES} values.`);
  return { kind: 'or', parts: values.map((value) => equal(field, scalar(name, value))) };
};

const compare =
  (than: Comparison) =>
  (field: string, value: unknown): Condition => {
    if (typeof value === 'string') return { kind: 'compare', field, than, value: wellFormed(value) };
    if (typeof value === 'number') return { kind: 'compare', field, than, value };
    throw bad(`filter: $${than} takes a number or text.`);
  };

const contains = (field: string, value: unknown): Condition => {
  const wanted = scalar('$contains', value);
  if (wanted === null || wanted === '') throw bad('filter: $contains takes text, a number, true or false.');
  return { kind: 'contains', field, value: wanted };
};

const words = (value: unknown): readonly string[] => {
  const found = typeof value === 'string' ? wellFormed(value).split(/\s+/).filter(Boolean) : [];
  if (found.length === 0 || found.length > MAX_SEARCH_WORDS)
    throw bad(`filter: $search takes text of 1 to ${MAX_SEARCH_WORDS} words.`);
  return found;
};

const exists = (field: string, value: unknown): Condition => {
  if (typeof value !== 'boolean') throw bad('filter: $exists takes true or false.');
  const missing: Condition = { kind: 'missing', field };
  return value ? { kind: 'not', part: missing } : missing;
};

// A Map and not an object: `constructor` is no operator.
const OPERATORS = new Map<string, (field: string, value: unknown) => Condition>([
  ['$eq', (field, value) => equal(field, scalar('$eq', value))],
  ['$ne', (field, value) => ({ kind: 'not', part: equal(field, scalar('$ne', value)) })],
  ['$gt', compare('gt')],
  ['$gte', compare('gte')],
  ['$lt', compare('lt')],
  ['$lte', compare('lte')],
  ['$in', (field, value) => anyOf(field, '$in', value)],
  ['$nin', (field, value) => ({ kind: 'not', part: anyOf(field, '$nin', value) })],
  ['$contains', contains],
  [
    '$search',
    (field, value) => ({
      kind: 'and',
      parts: words(value).map((word) => ({ kind: 'contains', field, value: word })),
    }),
  ],
  ['$exists', exists],
]);

const fieldCondition = (field: string, asked: unknown): readonly Condition[] => {
  if (!FIELD_PATTERN.test(field))
    throw bad('filter names fields by letters, digits and single underscores, starting with a letter.');
  if (!isObject(asked)) return [equal(field, scalar(field, asked))];
  const entries = Object.entries(asked);
  if (entries.length === 0) throw bad(`filter: ${field} has an empty object; name an operator.`);
  return entries.map(([name, value]) => {
    const operator = OPERATORS.get(name);
    if (operator === undefined)
      throw bad(`filter: unknown operator; known are ${[...OPERATORS.keys()].join(' ')}.`);
    return operator(field, value);
  });
};

const group = (name: '$and' | '$or', asked: unknown, depth: number): Condition => {
  if (depth >= MAX_FILTER_DEPTH) throw bad(`filter is nested deeper than ${MAX_FILTER_DEPTH}.`);
  if (!Array.isArray(asked) || asked.length === 0 || !asked.every(isObject))
    throw bad(`filter: ${name} takes a list of filters.`);
  return { kind: name === '$and' ? 'and' : 'or', parts: asked.map((part) => all(part, depth + 1)) };
};

const all = (filter: object, depth: number): Condition => {
  const parts = Object.entries(filter).flatMap(([name, asked]): readonly Condition[] => {
    if (name === '$and' || name === '$or') return [group(name, asked, depth)];
    if (name === '$search') return words(asked).map((text) => ({ kind: 'anywhere', text }));
    return fieldCondition(name, asked);
  });
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts };
};

const countOf = (condition: Condition): number => {
  if (condition.kind === 'not') return countOf(condition.part);
  if (condition.kind !== 'and' && condition.kind !== 'or') return 1;
  return condition.parts.reduce((sum, part) => sum + countOf(part), 0);
};

/** Reads a filter that is already parsed JSON; null when it asks for nothing. */
export const toCondition = (value: unknown): Condition | null => {
  if (!isObject(value)) throw bad('filter must be a JSON object like {"done":false}.');
  const condition = all(value, 0);
  const count = countOf(condition);
  if (count > MAX_FILTER_CONDITIONS) throw bad(`filter has more than ${MAX_FILTER_CONDITIONS} conditions.`);
  return count === 0 ? null : condition;
};

const parseFilterJson = (text: string): unknown => {
  try {
    scanJson(text);
    return JSON.parse(text);
  } catch (error) {
    throw bad(error instanceof ApiError ? error.message : 'filter is not valid JSON.');
  }
};

/** Reads the text of a filter; null when it asks for nothing. */
export const parseFilter = (text: string | undefined): Condition | null => {
  if (text === undefined) return null;
  if (text.length > MAX_FILTER_LENGTH) throw bad(`filter is longer than ${MAX_FILTER_LENGTH} characters.`);
  return toCondition(parseFilterJson(text));
};
