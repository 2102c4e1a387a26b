// The query of a list, checked: page, order and filter. One rule for numbers everywhere: plain digits, a limit
// above the maximum is lowered to it, everything else that does not fit is an error and never a guess.
import { FIELD_PATTERN } from '../contract/document.ts';
import { DEFAULT_PAGE_SIZE, MAX_OFFSET, MAX_PAGE_SIZE } from '../contract/limits.ts';
import { ApiError } from '../errors.ts';
import { scanJson } from '../http/parse-json.ts';
import { parseQuery, wholeNumber } from '../http/query.ts';
import type { ListRequest, Order } from './document-store.ts';

const MAX_FILTER_LENGTH = 2_000;
const MAX_FILTER_FIELDS = 20;

const bad = (field: string, detail: string): ApiError => new ApiError('invalid_query', detail, { field });

const FIELD_RULE = 'created_at, updated_at or a field name (letters, digits, single underscores)';

/** Reads `order_by`: a field, with `-` before it for descending. Newest first without it. */
export const parseOrder = (text: string | undefined): Order => {
  if (text === undefined) return { by: 'created_at', descending: true };
  const descending = text.startsWith('-');
  const name = descending ? text.slice(1) : text;
  if (name === 'created_at' || name === 'updated_at') return { by: name, descending };
  if (!FIELD_PATTERN.test(name)) throw bad('order_by', `order_by must be ${FIELD_RULE}.`);
  return { by: { field: name }, descending };
};

const parseFilterJson = (text: string): object => {
  try {
    scanJson(text);
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    if (error instanceof ApiError) throw bad('filter', error.message);
  }
  throw bad('filter', 'filter must be a JSON object like {"done":false}.');
};

const checkValue = (name: string, value: unknown): string | number | boolean | null => {
  if (typeof value === 'string') {
    if (value.includes('\u0000') || !value.isWellFormed())
      throw bad('filter', `filter.${name} is not valid text.`);
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  throw bad('filter', `filter.${name} must be text, a number, true, false or null.`);
};

/** Reads `filter`: fields and the values that they must equal. */
export const parseFilter = (text: string | undefined): ListRequest['equal'] => {
  if (text === undefined) return {};
  if (text.length > MAX_FILTER_LENGTH)
    throw bad('filter', `filter is longer than ${MAX_FILTER_LENGTH} characters.`);
  const entries = Object.entries(parseFilterJson(text));
  if (entries.length > MAX_FILTER_FIELDS)
    throw bad('filter', `filter has more than ${MAX_FILTER_FIELDS} fields.`);
  for (const [name] of entries) {
    if (!FIELD_PATTERN.test(name))
      throw bad('filter', 'filter names fields by letters, digits and single underscores.');
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, checkValue(name, value)]));
};

/** Reads the whole query of a list. */
export const parseListRequest = (target: string): ListRequest => {
  const query = parseQuery(target, ['limit', 'offset', 'order_by', 'filter']);
  return {
    limit: wholeNumber(query, 'limit', {
      min: 1,
      max: MAX_PAGE_SIZE,
      fallback: DEFAULT_PAGE_SIZE,
      clamp: true,
    }),
    offset: wholeNumber(query, 'offset', { min: 0, max: MAX_OFFSET, fallback: 0 }),
    order: parseOrder(query.get('order_by')),
    equal: parseFilter(query.get('filter')),
  };
};
