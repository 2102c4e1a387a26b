// The SQL of a list. The client's values are bound, never part of the text. The app is set by the subquery `c`, which
// LATERAL makes Postgres evaluate before it touches a table (`c.app is not null`), so that view and policies see it; if it
// did not, they would hide every row. Lists read the view `app_documents`: migration 003 says why not the table.
import type { Grant } from '../access/grant.ts';
import type { Condition } from '../db/condition.ts';
import type { ListRequest, Order, Position } from '../db/document-store.ts';
import type { Place } from '../db/place.ts';
import { type Bind, bindValues } from './bound-values.ts';
import { conditionSql, isPlain, sortValue } from './condition-sql.ts';
import type { Statement } from './run-query.ts';

const CONTEXT = `(select set_config('faibric.app', $1, true) as app) c`;
const HERE = 'c.app is not null and d.app_id = $1 and d.collection = $2';

interface SortKey {
  readonly sql: string;
  readonly descending: boolean;
  /** True: never null, so that a row comparison can use the index. */
  readonly always: boolean;
}

const keysOf = (order: readonly Order[], bind: Bind): readonly SortKey[] => {
  const keys = order.map(({ by, descending }): SortKey => {
    const always = typeof by === 'string';
    return { sql: always ? `d.${by}` : sortValue(by.field, bind), descending, always };
  });
  // Between equals: as old or new as the last of them says, then by id, so that every order is a total one.
  const descending = order.at(-1)?.descending ?? true;
  const tie = { descending, always: true };
  const byTime = order.some(({ by }) => by === 'created_at');
  return [...keys, ...(byTime ? [] : [{ ...tie, sql: 'd.created_at' }]), { ...tie, sql: 'd.id' }];
};

const orderSql = (keys: readonly SortKey[]): string =>
  keys
    .map(
      ({ sql, descending, always }) => `${sql} ${descending ? 'desc' : 'asc'}${always ? '' : ' nulls last'}`,
    )
    .join(', ');

/** The bound values of a position, one for each sort key; null where the document had none. */
const boundPosition = (
  { values, createdAt, id }: Position,
  order: readonly Order[],
  bind: Bind,
): readonly (string | null)[] => {
  const own = order.map(({ by }, index) => {
    const value = values[index];
    if (typeof by === 'string') return bind(`${value}+00`, 'timestamptz');
    return value === null || value === undefined ? null : bind(JSON.stringify(value), 'jsonb');
  });
  const byTime = order.some(({ by }) => by === 'created_at');
  return [...own, ...(byTime ? [] : [bind(`${createdAt}+00`, 'timestamptz')]), bind(id, 'uuid')];
};

// Without a value the document is among the last, and only later keys can come after it.
const behind = ({ sql, descending, always }: SortKey, value: string | null): string => {
  if (value === null) return 'false';
  const side = `${sql} ${descending ? '<' : '>'} ${value}`;
  return always ? side : `(${side} or ${sql} is null)`;
};
const level = ({ sql }: SortKey, value: string | null): string =>
  value === null ? `${sql} is null` : `${sql} = ${value}`;

/** What comes after a position in an order. */
const afterSql = (keys: readonly SortKey[], at: readonly (string | null)[]): string => {
  const first = keys[0];
  if (keys.every((key) => key.always && key.descending === first?.descending))
    return `(${keys.map(({ sql }) => sql).join(', ')}) ${first?.descending ? '<' : '>'} (${at.join(', ')})`;
  const alternatives = keys.map((key, index) => {
    const before = keys.slice(0, index).map((earlier, n) => level(earlier, at[n] ?? null));
    return [...before, behind(key, at[index] ?? null)].join(' and ');
  });
  return `((${alternatives.join(') or (')}))`;
};

/** A time as text in UTC, with microseconds, whatever the session's time zone. */
export const timeSql = (column: string): string => `(${column} at time zone 'UTC')::text`;

const dataSql = (fields: readonly string[] | null, bind: Bind): string =>
  fields === null
    ? 'd.data::text'
    : `(select coalesce(jsonb_object_agg(f, d.data -> f), '{}') from unnest(${bind(fields, 'text[]')}) f
        where d.data ? f)::text`;

const filterSql = (where: Condition | null, { only }: Grant, bind: Bind): string =>
  `${only === null ? '' : ` and d.author = ${bind(only, 'text')}`}${where === null ? '' : ` and ${conditionSql(where, bind)}`}`;

const countSql = (filter: string): string =>
  filter === ''
    ? 'select coalesce(sum(u.documents), 0) as total from faibric.usage u where u.app_id = c.app and u.collection = $2'
    : `select count(*) as total from faibric.app_documents d where ${HERE}${filter}`;

// Texts that few shapes of requests give are kept prepared. Others are planned each time: there is no end of them, and
// a plan for the very values is what finds the index of a large collection.
const nameOf = (request: ListRequest, grant: Grant): string | undefined => {
  const { where, order, count, fields } = request;
  if ((where !== null && !isPlain(where)) || order.length > 1 || fields !== null) return undefined;
  const by = order.map(
    ({ by, descending }) => `${typeof by === 'string' ? by : 'field'}-${descending ? 'desc' : 'asc'}`,
  );
  const after =
    request.after === null ? '' : order.every(({ by }) => typeof by === 'string') ? '-after' : null;
  if (after === null) return undefined;
  return `list-${by.join()}${where === null ? '' : '-equal'}${grant.only === null ? '' : '-own'}${count ? '-count' : ''}${after}`;
};

/** The statement of a list. One row more than the limit is read, to know whether anything follows. */
export const listStatement = (
  { appId, collection }: Place,
  request: ListRequest,
  grant: Grant,
): Statement => {
  const { limit, offset, order, after, where } = request;
  const bind = bindValues(appId, collection, limit + 1, offset, grant.author);
  const filter = filterSql(where, grant, bind);
  const keys = keysOf(order, bind);
  const from = after === null ? '' : ` and ${afterSql(keys, boundPosition(after, order, bind))}`;
  const own = keys.slice(0, order.length);
  const sortValues = own.every(({ always }) => always)
    ? ''
    : `, jsonb_build_array(${own.map(({ sql, always }) => (always ? timeSql(sql) : sql)).join(', ')})::text as sort_values`;
  const total = request.count ? `cross join lateral (${countSql(filter)}) t` : '';
  const text = `select ${request.count ? 't.total' : 'null as total'}, p.* from ${CONTEXT} ${total}
    left join lateral (select d.id, ${dataSql(request.fields, bind)} as data, ${timeSql('d.created_at')} as created_at,
        ${timeSql('d.updated_at')} as updated_at, d.version, coalesce(d.author = $5, false) as mine${sortValues}
      from faibric.app_documents d where ${HERE}${filter}${from}
      order by ${orderSql(keys)} limit $3 offset $4) p on true`;
  const name = nameOf(request, grant);
  return { ...(name === undefined ? {} : { name }), text, values: bind.values };
};

/** The statement of a count. */
export const countStatement = (
  { appId, collection }: Place,
  where: Condition | null,
  grant: Grant,
): Statement => {
  const bind = bindValues(appId, collection);
  const filter = filterSql(where, grant, bind);
  return {
    text: `select t.total from ${CONTEXT} cross join lateral (${countSql(filter)}) t`,
    values: bind.values,
  };
};

/** The statement that reads one document: $1 app, $2 collection, $3 id, $4 the asker's author, $5 whose, or null. */
export const GET_STATEMENT = {
  name: 'get',
  text: `select d.* from ${CONTEXT} cross join lateral (
    select d.id, d.data::text as data, ${timeSql('d.created_at')} as created_at,
      ${timeSql('d.updated_at')} as updated_at, d.version, coalesce(d.author = $4, false) as mine
    from faibric.documents d
    where d.app_id = c.app and d.collection = $2 and d.id = $3 and ($5::text is null or d.author = $5) limit 1) d`,
};

/** The statement that deletes what a filter matches; its snapshot decides what that is. */
export const deleteWhereStatement = (
  { appId, collection }: Place,
  where: Condition,
  grant: Grant,
): Statement => {
  const bind = bindValues(appId, collection, grant.only);
  const filter = filterSql(where, grant, bind);
  const text = `select faibric.delete_documents($1, $2, m.ids, $3) as count from ${CONTEXT} cross join lateral (
    select coalesce(array_agg(d.id), '{}') as ids from faibric.app_documents d where ${HERE}${filter}) m`;
  return { text, values: bind.values };
};
