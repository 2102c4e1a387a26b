// Reads of single documents. Those of one app that come together are one statement; each row carries the number of the call
// that it is for, so that no answer can reach another's call.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Grant } from '../access/grant.ts';
import type { StoredDocument } from '../db/document-store.ts';
import type { Place } from '../db/place.ts';
import { documentRow, toDocument } from './document-row.ts';
import { GET_STATEMENT, timeSql } from './list-statement.ts';
import { makeBatcher } from './make-batcher.ts';
import { runQuery } from './run-query.ts';

interface Get {
  readonly collection: string;
  readonly id: string;
  readonly grant: Grant;
}

const GET_MANY = {
  name: 'get-many',
  text: `select d.* from (select set_config('faibric.app', $1, true) as app) c cross join lateral (
    select q.n::int as n, d.id, d.data::text as data, ${timeSql('d.created_at')} as created_at,
      ${timeSql('d.updated_at')} as updated_at, d.version, coalesce(d.author = q.author, false) as mine
    from unnest($2::text[], $3::uuid[], $4::text[], $5::text[]) with ordinality q(collection, id, author, own, n)
    join faibric.documents d on d.app_id = c.app and d.collection = q.collection and d.id = q.id
      and (q.own is null or d.author = q.own) limit 1000) d`,
};
const numbered = documentRow.extend({ n: z.number() });

// Null is a result, and a batch needs one for each call.
type Found = { readonly document: StoredDocument | null };

const getOne = async (pool: Pool, appId: string, { collection, id, grant }: Get): Promise<Found> => {
  const values = [appId, collection, id, grant.author, grant.only];
  const { rows } = await runQuery(pool, { ...GET_STATEMENT, values });
  return { document: rows.length === 0 ? null : toDocument(documentRow.parse(rows[0])) };
};

const getMany = async (pool: Pool, appId: string, gets: readonly Get[]): Promise<Found[]> => {
  const columns = [
    gets.map(({ collection }) => collection),
    gets.map(({ id }) => id),
    gets.map(({ grant }) => grant.author),
    gets.map(({ grant }) => grant.only),
  ];
  const { rows } = await runQuery(pool, { ...GET_MANY, values: [appId, ...columns] });
  const found = gets.map((): Found => ({ document: null }));
  for (const row of rows) {
    const { n, ...document } = numbered.parse(row);
    found[n - 1] = { document: toDocument(document) };
  }
  return found;
};

/** Makes the reads of single documents. */
export const makeGets = (pool: Pool) => {
  const get = makeBatcher<Get, Found>({
    atOnce: 2,
    most: 64,
    together: async (appId, gets) => {
      const [only] = gets;
      return gets.length === 1 && only !== undefined
        ? [await getOne(pool, appId, only)]
        : getMany(pool, appId, gets);
    },
  });
  return async ({ appId, collection }: Place, id: string, grant: Grant): Promise<StoredDocument | null> =>
    (await get(appId, { collection, id, grant })).document;
};
