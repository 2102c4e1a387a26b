// Cursors of lists: where the last document of a page stands in the list's order, so that the next page begins behind it
// whatever was inserted or deleted meanwhile. Opaque to clients but not secret: it holds what they have already seen, and
// every value in it is checked and bound like any other.
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { Order, Position } from './document-store.ts';

// A sort value longer than this does not fit into an address.
const MAX_LENGTH = 1_600;

const cursorSchema = z.strictObject({
  /** The order that it belongs to. */
  o: z.string().max(400),
  /** One sort value for each part of the order. */
  v: z.array(z.unknown()).max(8),
  /** Creation time in UTC with microseconds, and id: what decides between equal values. */
  t: z.string().regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?$/),
  i: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
});

// A cursor holds for this order only.
const orderText = (order: readonly Order[]): string =>
  order
    .map(({ by, descending }) => `${descending ? '-' : ''}${typeof by === 'string' ? `@${by}` : by.field}`)
    .join();

const invalid = (): ApiError =>
  new ApiError('invalid_query', 'This cursor is not one of this list and order; begin again without it.', {
    field: 'cursor',
  });

/** The cursor of a position; null when it would be too long for an address. */
export const makeCursor = (order: readonly Order[], { values, createdAt, id }: Position): string | null => {
  const text = JSON.stringify({ o: orderText(order), v: values, t: createdAt, i: id });
  return text.length > MAX_LENGTH ? null : Buffer.from(text).toString('base64url');
};

const parse = (text: string): z.infer<typeof cursorSchema> => {
  if (text.length > MAX_LENGTH * 2 || !/^[\w-]+$/.test(text)) throw invalid();
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw invalid();
  }
};

// Postgres' own text of a time, which must be a real one: 2026-13-41 has the shape, too.
const isTime = (value: unknown): boolean =>
  cursorSchema.shape.t.safeParse(value).success &&
  !Number.isNaN(Date.parse(`${String(value).replace(' ', 'T')}Z`));

// Lists and objects sort, too. Whatever Postgres could not read back as JSON is no value that it gave us.
const isSortValue = (value: unknown): boolean => {
  const text = JSON.stringify(value);
  return text.isWellFormed() && !/\\u(0000|d[89a-f])/i.test(text);
};

/** Reads a cursor for this order. */
export const parseCursor = (text: string, order: readonly Order[]): Position => {
  const { o, v, t, i } = parse(text);
  if (o !== orderText(order) || v.length !== order.length || !isTime(t)) throw invalid();
  for (const [index, { by }] of order.entries()) {
    if (!(typeof by === 'string' ? isTime(v[index]) : isSortValue(v[index]))) throw invalid();
  }
  return { values: v, createdAt: t, id: i };
};
