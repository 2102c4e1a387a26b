// Makes partial indexes on large collections, one at a time and in the background, as the owner role. Names of apps,
// collections and fields are in their text, because an index cannot have parameters: they are checked and quoted here.
// `create index concurrently` holds up no writer; an index that a crash left half made is dropped and made again.
import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { z } from 'zod';
import { FULL_GRANT } from '../access/grant.ts';
import { COLLECTION_PATTERN, FIELD_PATTERN } from '../contract/document.ts';
import type { CollectionIndexes, IndexWish } from '../db/collection-indexes.ts';
import type { Place } from '../db/place.ts';
import type { Clock, Log } from '../ports.ts';
import { countStatement } from './list-statement.ts';
import { runQuery } from './run-query.ts';

/** Runs work on a connection of the owner role. */
export type AsOwner = <T>(work: (client: ClientBase) => Promise<T>) => Promise<T>;

/** What making indexes needs. */
export interface IndexParts {
  /** Connections of the run-time role, which look whether a collection is large at all. */
  readonly pool: Pool;
  readonly asOwner: AsOwner;
  readonly now: Clock;
  readonly log: Log;
  /** Documents from which an index pays. */
  readonly worthwhile: number;
}

/** Documents of a collection from which an index pays; below, a scan takes some 3 ms. */
export const WORTHWHILE_DOCUMENTS = 5_000;
const MAX_PER_COLLECTION = 8;
const MAX_IN_ALL = 64;
const LOOK_AGAIN_MS = 60_000;
const MAX_REMEMBERED = 2_000;
const LOCK = 7_264_201_944;

const indexRows = z.array(z.object({ name: z.string(), place: z.string().nullable(), valid: z.boolean() }));
const INDEXES = `
select c.relname as name, obj_description(c.oid) as place, i.indisvalid as valid
from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'faibric' and c.relname like 'hot\\_%'`;

const keyOf = ({ appId, collection }: Place): string => `${appId}/${collection}`;
const wishKey = (wish: IndexWish): string =>
  wish.kind === 'content'
    ? 'content'
    : `${wish.kind} ${wish.field}${wish.kind === 'order' && wish.descending ? ' desc' : ''}`;
const nameOf = (place: Place, wish: IndexWish): string =>
  `hot_${createHash('sha256')
    .update(`${keyOf(place)}/${wishKey(wish)}`)
    .digest('hex')
    .slice(0, 24)}`;

const columnsOf = (wish: IndexWish, literal: (text: string) => string): string => {
  if (wish.kind === 'content') return 'using gin (data jsonb_path_ops)';
  const field = literal(wish.field);
  if (wish.kind === 'text') return `using gin (lower(data ->> ${field}) gin_trgm_ops)`;
  const direction = wish.descending ? 'desc' : 'asc';
  // The same expression and order as in list-statement.ts, or the planner would not recognise it.
  return `((nullif(data -> ${field}, 'null'::jsonb)) ${direction} nulls last, created_at ${direction}, id ${direction})`;
};

const isSafe = ({ appId, collection }: Place, wish: IndexWish): boolean =>
  /^[a-z0-9]{1,40}$/.test(appId) &&
  COLLECTION_PATTERN.test(collection) &&
  (wish.kind === 'content' || FIELD_PATTERN.test(wish.field));

const documentsIn = async (client: ClientBase, place: string): Promise<number> => {
  const [appId, collection] = place.split('/');
  // For an owner that is no superuser: the policies hold for it, too.
  await client.query("select set_config('faibric.app', $1, false)", [appId]);
  const { rows } = await client.query(
    'select coalesce(sum(documents), 0)::int as count from faibric.usage where app_id = $1 and collection = $2',
    [appId, collection],
  );
  return z.object({ count: z.number() }).parse(rows[0]).count;
};

const hasTrigrams = async (client: ClientBase): Promise<boolean> => {
  try {
    await client.query('create extension if not exists pg_trgm');
    return true;
  } catch {
    // Not installed, or the owner may not: text search then reads the collection.
    return false;
  }
};

const make = async (client: ClientBase, place: Place, wish: IndexWish): Promise<void> => {
  const name = nameOf(place, wish);
  const literal = (text: string): string => client.escapeLiteral(text);
  const where = `app_id = ${literal(place.appId)} and collection = ${literal(place.collection)}`;
  await client.query(
    `create index concurrently ${name} on faibric.documents ${columnsOf(wish, literal)} where ${where}`,
  );
  await client.query(`comment on index faibric.${name} is ${literal(keyOf(place))}`);
  // Without statistics the planner would guess how many documents an expression picks; and where all of a page is visible,
  // counting need not look at it.
  await client.query('vacuum (analyze) faibric.documents');
};

/** Drops indexes that are broken or whose collection has become small; gives those that stay. */
const tidy = async (client: ClientBase, worthwhile: number): Promise<z.infer<typeof indexRows>> => {
  const kept: z.infer<typeof indexRows> = [];
  for (const index of indexRows.parse((await client.query(INDEXES)).rows)) {
    const small = index.place === null || (await documentsIn(client, index.place)) < worthwhile / 2;
    if (small || !index.valid) await client.query(`drop index concurrently if exists faibric.${index.name}`);
    else kept.push(index);
  }
  return kept;
};

const locked = async <T>(client: ClientBase, work: () => Promise<T>): Promise<T | null> => {
  const { rows } = await client.query('select pg_try_advisory_lock($1) as got', [LOCK]);
  if (!z.object({ got: z.boolean() }).parse(rows[0]).got) return null;
  try {
    return await work();
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
};

/** Makes one wish come true when it pays; gives the collections that have indexes then. */
const fulfil = (
  client: ClientBase,
  { place, wish, worthwhile }: { place: Place; wish: IndexWish; worthwhile: number },
) =>
  locked(client, async () => {
    const indexes = await tidy(client, worthwhile);
    const places = new Set(indexes.flatMap((index) => (index.place === null ? [] : [index.place])));
    const ofPlace = indexes.filter((index) => index.place === keyOf(place));
    const there = ofPlace.some(({ name }) => name === nameOf(place, wish));
    const full = ofPlace.length >= MAX_PER_COLLECTION || indexes.length >= MAX_IN_ALL;
    if (there || full || (await documentsIn(client, keyOf(place))) < worthwhile) return places;
    if (wish.kind === 'text' && !(await hasTrigrams(client))) return places;
    await make(client, place, wish);
    return places.add(keyOf(place));
  });

const sizeOf = async (pool: Pool, place: Place): Promise<number> => {
  const { rows } = await runQuery(pool, countStatement(place, null, FULL_GRANT));
  return Number(z.object({ total: z.string() }).parse(rows[0]).total);
};

/** Makes the indexes of large collections; `settled` resolves when nothing is being made. */
export const makeCollectionIndexes = (
  parts: IndexParts,
): CollectionIndexes & { settled(): Promise<void> } => {
  const looked = new Map<string, number>();
  let places: ReadonlySet<string> = new Set();
  let work: Promise<void> = Promise.resolve();
  const look = async (place: Place, wish: IndexWish): Promise<void> => {
    try {
      const { worthwhile } = parts;
      if ((await sizeOf(parts.pool, place)) < worthwhile) return;
      const found = await parts.asOwner((client) => fulfil(client, { place, wish, worthwhile }));
      if (found !== null) places = found;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      parts.log.warn({ code, place: keyOf(place) }, 'an index of a collection could not be made');
    }
  };
  const wishOnce = (place: Place, wish: IndexWish): void => {
    const key = `${keyOf(place)} ${wishKey(wish)}`;
    if (parts.now() - (looked.get(key) ?? Number.NEGATIVE_INFINITY) < LOOK_AGAIN_MS || !isSafe(place, wish))
      return;
    if (looked.size >= MAX_REMEMBERED) looked.clear();
    looked.set(key, parts.now());
    work = work.then(() => look(place, wish));
  };
  return {
    wish: (place, wishes) => {
      for (const wish of wishes) wishOnce(place, wish);
    },
    has: (place) => places.has(keyOf(place)),
    settled: () => work,
  };
};
