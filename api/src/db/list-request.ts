// The query of a list, checked: page, order, filter. One rule for numbers everywhere: plain digits, a limit above the
// maximum is lowered to it, everything else that does not fit is an error and never a guess.
import type { ListDocumentsQuery } from '../contract/document.ts';
import { FIELD_PATTERN } from '../contract/document.ts';
import { MAX_ORDER_FIELDS, MAX_PROJECTED_FIELDS } from '../contract/limits.ts';
import { ApiError } from '../errors.ts';
import { parseCursor } from './cursor.ts';
import type { ListRequest, Order } from './document-store.ts';
import { parseFilter } from './parse-filter.ts';

const bad = (field: string, detail: string): ApiError => new ApiError('invalid_query', detail, { field });

const FIELD_RULE = 'created_at, updated_at or a field name (letters, digits, single underscores)';

const parseOrderPart = (text: string): Order => {
  const descending = text.startsWith('-');
  const name = descending ? text.slice(1) : text;
  if (name === 'created_at' || name === 'updated_at') return { by: name, descending };
  if (!FIELD_PATTERN.test(name)) throw bad('order_by', `order_by must be ${FIELD_RULE}.`);
  return { by: { field: name }, descending };
};

const nameOf = ({ by }: Order): string => (typeof by === 'string' ? `@${by}` : by.field);

/** Reads `order_by`: fields with commas between, each with `-` before it for descending. Newest first without it. */
export const parseOrder = (text: string | undefined): readonly Order[] => {
  if (text === undefined) return [{ by: 'created_at', descending: true }];
  const order = text.split(',').map(parseOrderPart);
  if (order.length > MAX_ORDER_FIELDS)
    throw bad('order_by', `order_by takes up to ${MAX_ORDER_FIELDS} fields.`);
  if (new Set(order.map(nameOf)).size < order.length) throw bad('order_by', 'order_by names a field twice.');
  return order;
};

/** Reads `fields`: names of fields with commas between; null for all. */
export const parseFields = (text: string | undefined): readonly string[] | null => {
  if (text === undefined) return null;
  const names = [...new Set(text.split(','))];
  if (names.length > MAX_PROJECTED_FIELDS || !names.every((name) => FIELD_PATTERN.test(name)))
    throw bad('fields', `fields takes up to ${MAX_PROJECTED_FIELDS} field names with commas between.`);
  return names;
};

/** Turns the checked query of a list into what the store is asked. */
export const toListRequest = (query: ListDocumentsQuery): ListRequest => {
  const { limit, offset, cursor, count, filter, fields } = query;
  const order = parseOrder(query.order_by);
  if (cursor !== undefined && offset > 0) throw bad('cursor', 'Give either cursor or offset, not both.');
  return {
    limit,
    offset,
    after: cursor === undefined ? null : parseCursor(cursor, order),
    order,
    where: parseFilter(filter),
    count,
    fields: parseFields(fields),
  };
};
