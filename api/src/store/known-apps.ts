// The registry of apps on Postgres: one statement for each operation.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { AppRegistry } from '../projects/departed-apps.ts';
import { runQuery } from './run-query.ts';

const rows = z.array(
  z.object({ id: z.string(), name: z.string(), uid: z.string(), keep: z.boolean(), seen: z.boolean() }),
);

const seconds = (value: number): string => `${value} seconds`;

/** Makes the registry on a pool of the run-time role. */
export const makeAppRegistry = (pool: Pool): AppRegistry => ({
  note: async (apps) => {
    await runQuery(pool, { text: 'select faibric.note_apps($1)', values: [JSON.stringify(apps)] });
  },
  noteDeletion: async ({ id, uid, keep }) => {
    await runQuery(pool, { text: 'select faibric.note_deletion($1, $2, $3)', values: [id, uid, keep] });
  },
  forget: async (id) => {
    await runQuery(pool, { text: 'select faibric.forget_app($1)', values: [id] });
  },
  overdue: async (present, grace) => {
    const values = [present, seconds(grace.seen), seconds(grace.unseen)];
    const result = await runQuery(pool, { text: 'select * from faibric.missing_apps($1, $2, $3)', values });
    return rows.parse(result.rows);
  },
});
