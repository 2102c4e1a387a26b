// What to list, as an app says it and as the API takes it. The filter goes through as it is: its operators are the API's.
import { isWireDocument, type WireDocument } from './document.ts';

/** A value that a field is compared with. */
export type FilterValue = string | number | boolean | null;

/** What must hold of one field: a value that it equals, or operators. */
export type FieldFilter =
  | FilterValue
  | {
      $eq?: FilterValue;
      $ne?: FilterValue;
      $gt?: string | number;
      $gte?: string | number;
      $lt?: string | number;
      $lte?: string | number;
      $in?: readonly FilterValue[];
      $nin?: readonly FilterValue[];
      $contains?: string | number | boolean;
      $search?: string;
      $exists?: boolean;
    };

/** Which documents: by field, joined by "and". `$search` looks into all texts of a document. */
export interface Filter {
  $and?: readonly Filter[];
  $or?: readonly Filter[];
  $search?: string;
  [field: string]: FieldFilter | readonly Filter[] | undefined;
}

/** What to list: `orderBy` is createdAt, updatedAt or a field, with a leading "-" for descending. */
export interface CollectionOptions {
  orderBy?: string;
  /** Documents of one page, 1 to 500; default 500. `loadMore` gets the next. */
  limit?: number;
  filter?: Filter | undefined;
  /** False: nothing is listed and nobody is told of changes; only `add` is of use. */
  read?: boolean;
}

/** Most that the API gives at once. */
export const LARGEST_PAGE = 500;

const COLUMNS: Readonly<Record<string, string>> = { createdAt: 'created_at', updatedAt: 'updated_at' };

/** Query of a list; times are named as the API names them. */
export function listQuery(options: CollectionOptions): string {
  const query = new URLSearchParams({ limit: String(options.limit ?? LARGEST_PAGE) });
  const order = options.orderBy ?? '-createdAt';
  const field = order.replace(/^-/, '');
  query.set('order_by', (order.startsWith('-') ? '-' : '') + (COLUMNS[field] ?? field));
  if (options.filter && Object.keys(options.filter).length > 0)
    query.set('filter', JSON.stringify(options.filter));
  return query.toString();
}

/** One page of a list. `cursor` is where the next one begins; null when this is the last. */
export interface Page {
  documents: WireDocument[];
  total: number;
  cursor: string | null;
}

/** A page, from whatever came: an app shows an empty list rather than break on a shape that it does not know. */
export function readPage(body: unknown): Page {
  const page = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const documents = Array.isArray(page.items) ? page.items.filter(isWireDocument) : [];
  const cursor = typeof page.next === 'string' ? page.next : null;
  return { documents, total: typeof page.total === 'number' ? page.total : documents.length, cursor };
}
