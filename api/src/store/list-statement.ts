// The SQL of a list, one of twelve fixed texts: the client's values are bound, never part of the text. The app is
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
// $5: fields that must contain these values; $6: fields that must be null or absent.
const FILTER = `${WHERE} and d.data @> $5::jsonb
  and not exists (select 1 from unnest($6::text[]) f where coalesce(jsonb_typeof(d.data -> f), 'null') <> 'null')`;
const ITEM = 'd.id, d.data::text as data, d.created_at, d.updated_at, d.version';

const orderText = (order: Order, fieldParameter: string): string => {
  const direction = order.descending ? 'desc' : 'asc';
  if (typeof order.by === 'string') return `d.${order.by} ${direction}, d.id ${direction}`;
  return `d.data -> ${fieldParameter}::text ${direction} nulls last, d.created_at ${direction}, d.id ${direction}`;
};

/** The statement for a list with this order, with or without a filter. */
export const listStatement = (order: Order, filtered: boolean): Statement => {
  const by = typeof order.by === 'string' ? order.by : 'field';
  const name = `list-${by}-${order.descending ? 'desc' : 'asc'}-${filtered ? 'filtered' : 'all'}`;
  const total = filtered
    ? `select count(*) as total from faibric.documents d where ${FILTER}`
    : 'select coalesce(sum(u.documents), 0) as total from faibric.usage u where u.app_id = c.app and u.collection = $2';
  const ordered = orderText(order, filtered ? '$7' : '$5');
  const text = `select t.total, p.* from ${CONTEXT}
    cross join lateral (${total}) t
    left join lateral (select ${ITEM} from faibric.documents d where ${filtered ? FILTER : WHERE}
      order by ${ordered} limit $3 offset $4) p on true`;
  return { name, text };
};

/** One document by its id. */
export const GET_STATEMENT: Statement = {
  name: 'get',
  text: `select d.* from ${CONTEXT} cross join lateral (
    select ${ITEM} from faibric.documents d where ${WHERE} and d.id = $3 limit 1) d`,
};
