// Reads a collection out of one snapshot through a cursor of the server, so that an export of any size needs the memory of one
// batch and sees no half of anybody's change. It keeps a connection and a snapshot: callers bound how many run at once.
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import type { DocumentExport, ExportedDocument } from '../db/collection-store.ts';
import type { Condition } from '../db/condition.ts';
import type { Place } from '../db/place.ts';
import { bindValues } from './bound-values.ts';
import { conditionSql } from './condition-sql.ts';
import { isoTime } from './document-row.ts';
import { timeSql } from './list-statement.ts';
import { databaseError } from './run-query.ts';

const BATCH = 500;
// A reader that takes nothing for this long has gone away or never will be done.
const IDLE = '30s';

const row = z.object({
  id: z.string(),
  data: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.number(),
});
const nameRow = z.object({ name: z.string() });

const toExported = (value: unknown): ExportedDocument => {
  const { id, data, created_at, updated_at, version } = row.parse(value);
  return { id, data, version, createdAt: isoTime(created_at), updatedAt: isoTime(updated_at) };
};

const begin = async (client: PoolClient, appId: string): Promise<void> => {
  await client.query('begin isolation level repeatable read read only');
  await client.query("select set_config('faibric.app', $1, true)", [appId]);
  await client.query(`set local idle_in_transaction_session_timeout = '${IDLE}'`);
};

/** Runs work on the export's connection; after an error the connection is given up. */
type Guard = <T>(work: () => Promise<T>) => Promise<T>;

const guardOf =
  (client: PoolClient, state: { ended: boolean }): Guard =>
  async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!state.ended) client.release(true);
      state.ended = true;
      throw databaseError(error);
    }
  };

async function* read(client: PoolClient, guard: Guard): AsyncGenerator<readonly ExportedDocument[]> {
  for (;;) {
    const { rows } = await guard(() => client.query(`fetch ${BATCH} from taken_out`));
    if (rows.length > 0) yield rows.map(toExported);
    if (rows.length < BATCH) return;
  }
}

/** Begins an export, oldest document first. */
export const openExport = async (
  pool: Pool,
  place: Place,
  where: Condition | null,
): Promise<DocumentExport> => {
  const bind = bindValues(place.appId, place.collection);
  const filter = where === null ? '' : ` and ${conditionSql(where, bind)}`;
  const from = `from faibric.app_documents d where d.app_id = $1 and d.collection = $2${filter}`;
  const columns = `d.id, d.data::text as data, ${timeSql('d.created_at')} as created_at,
    ${timeSql('d.updated_at')} as updated_at, d.version`;
  const client = await pool.connect().catch((error: unknown) => {
    throw databaseError(error);
  });
  const state = { ended: false };
  const guard = guardOf(client, state);
  await guard(() => begin(client, place.appId));
  return {
    fieldNames: async (most) => {
      const text = `select distinct k as name ${from.replace(' where ', ', jsonb_object_keys(d.data) k where ')}
        order by k limit ${Math.trunc(most)}`;
      const { rows } = await guard(() => client.query(text, [...bind.values]));
      return rows.map((value) => nameRow.parse(value).name);
    },
    batches: async function* () {
      const text = `declare taken_out no scroll cursor for select ${columns} ${from} order by d.created_at, d.id`;
      await guard(() => client.query(text, [...bind.values]));
      yield* read(client, guard);
    },
    close: async () => {
      if (state.ended) return;
      await guard(() => client.query('rollback'));
      if (!state.ended) client.release();
      state.ended = true;
    },
  };
};
