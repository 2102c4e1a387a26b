// Creates of single documents. Those of one app that come together are one transaction and one flush to disk; each keeps its
// own outcome. When the database refuses the whole (a lock that took too long, say) it was rolled back, and each is made alone.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Grant } from '../access/grant.ts';
import type { CreateRequest, WriteOutcome } from '../db/document-store.ts';
import type { Place } from '../db/place.ts';
import { rowOutcome, WRITTEN } from './document-row.ts';
import { makeBatcher } from './make-batcher.ts';
import { runQuery, wasRolledBack } from './run-query.ts';

interface Create {
  readonly collection: string;
  readonly json: string;
  readonly author: string | null;
  readonly key: string | null;
  readonly request: string | null;
}

const CREATE = {
  name: 'create',
  text: `select ${WRITTEN} from faibric.create_document($1, $2, $3, $4, $5, $6, $7)`,
};
// In the order of the calls, each with the number of its call.
const CREATE_MANY = {
  name: 'create-together',
  text: `select q.n::int as n, ${WRITTEN}
    from unnest($3::text[], $4::jsonb[], $5::text[], $6::text[], $7::text[]) with ordinality
      q(in_collection, content, by_author, key, request, n),
    lateral faibric.create_document($1, q.in_collection, q.content, $2, q.by_author, q.key, q.request)`,
};
const numbered = z.object({ n: z.number() });

const createOne = async (
  pool: Pool,
  limits: string,
  { appId, create }: { appId: string; create: Create },
) => {
  const { collection, json, author, key, request } = create;
  const values = [appId, collection, json, limits, author, key, request];
  return rowOutcome((await runQuery(pool, { ...CREATE, values })).rows[0]);
};

const createTogether = async (
  pool: Pool,
  limits: string,
  { appId, creates }: { appId: string; creates: readonly Create[] },
): Promise<WriteOutcome[]> => {
  const column = (of: keyof Create) => creates.map((create) => create[of]);
  const columns = [column('collection'), column('json'), column('author'), column('key'), column('request')];
  const { rows } = await runQuery(pool, { ...CREATE_MANY, values: [appId, limits, ...columns] });
  const outcomes: WriteOutcome[] = [];
  for (const row of rows) outcomes[numbered.parse(row).n - 1] = rowOutcome(row);
  return outcomes;
};

/** Makes the creates of single documents; `limits` is the JSON of what an app may store. */
export const makeCreates = (pool: Pool, limits: string) => {
  const create = makeBatcher<Create, WriteOutcome | { readonly error: unknown }>({
    atOnce: 2,
    most: 32,
    together: async (appId, creates) => {
      const alone = (one: Create) => createOne(pool, limits, { appId, create: one });
      const [only] = creates;
      if (creates.length === 1 && only !== undefined) return [await alone(only)];
      try {
        return await createTogether(pool, limits, { appId, creates });
      } catch (error) {
        if (!wasRolledBack(error)) throw error;
        const results = await Promise.allSettled(creates.map(alone));
        return results.map((result) =>
          result.status === 'fulfilled' ? result.value : { error: result.reason },
        );
      }
    },
  });
  return async ({ appId, collection }: Place, { data, once }: CreateRequest, { author }: Grant) => {
    const key = { key: once?.keyHash ?? null, request: once?.requestHash ?? null };
    const outcome = await create(appId, { collection, json: JSON.stringify(data), author, ...key });
    if ('error' in outcome) throw outcome.error;
    return outcome;
  };
};
