// The SQL of a list, one of a few fixed texts: the client's values are bound, never part of the text. The app is
// set by the subquery `c`; LATERAL with LIMIT or an aggregate cannot be flattened, so Postgres must evaluate `c`
// before it touches a table, and the policies see the setting. (If it did not, they would hide every row.)
import type { Order } from '../db/document-store.ts';

/** A statement with the name under which connections keep it prepared. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

const CONTEXT = `(select set_config('faibric.app', $1, true) as app) c`;
const WHERE = 'd.app_id = c.app and d.collection = $2';
// $6: fields that must contain these values; $7: fields that must be null or absent.
const FILTER = ` and d.data @> $6::jsonb
  and not exists (select 1 from unnest($7::text[]) f where coalesce(jsonb_typeof(d.data -> f), 'null') <> 'null')`;
const item = (author: string): string =>
  `d.id, d.data::text as data, d.created_at, d.updated_at, d.version, coalesce(d.author = ${author}, false) as mine`;

const orderText = (order: Order, fieldParameter: string): string => {
  const direction = order.descending ? 'desc' : 'asc';
  if (typeof order.by === 'string') return `d.${order.by} ${direction}, d.id ${direction}`;
  return `d.data -> ${fieldParameter}::text ${direction} nulls last, d.created_at ${direction}, d.id ${direction}`;
};

/** What makes one list's text differ from another's. */
export interface ListShape {
  readonly order: Order;
  readonly filtered: boolean;
  /** True: only documents of the author that is bound as the last parameter. */
  readonly own: boolean;
}

const lastParameter = ({ order, filtered, own }: ListShape): number =>
  5 + (filtered ? 2 : 0) + (typeof order.by === 'object' ? 1 : 0) + (own ? 1 : 0);

/** The statement for lists of this shape. $5 is the asker's author. */
export const listStatement = (shape: ListShape): Statement => {
  const { order, filtered, own } = shape;
  const by = typeof order.by === 'string' ? order.by : 'field';
  const name = `list-${by}-${order.descending ? 'desc' : 'asc'}-${filtered ? 'filtered' : 'all'}${own ? '-own' : ''}`;
  const where = `${WHERE}${own ? ` and d.author = $${lastParameter(shape)}` : ''}${filtered ? FILTER : ''}`;
  const total =
    filtered || own
      ? `select count(*) as total from faibric.documents d where ${where}`
      : 'select coalesce(sum(u.documents), 0) as total from faibric.usage u where u.app_id = c.app and u.collection = $2';
  const ordered = orderText(order, filtered ? '$8' : '$6');
  const text = `select t.total, p.* from ${CONTEXT}
    cross join lateral (${total}) t
    left join lateral (select ${item('$5')} from faibric.documents d where ${where}
      order by ${ordered} limit $3 offset $4) p on true`;
  return { name, text };
};

/** One document by its id. */
export const GET_STATEMENT: Statement = {
  name: 'get',
  text: `select d.* from ${CONTEXT} cross join lateral (
    select ${item('$4')} from faibric.documents d
    where ${WHERE} and d.id = $3 and ($5::text is null or d.author = $5) limit 1) d`,
};
