// The feed of changes on Postgres: one statement for all apps that somebody listens to. Each app is read by a function that
// sets the app for itself, so that row-level security holds for every one of them.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Change, ChangeStore, FeedRead, FeedRequest } from '../live/change-store.ts';
import { startOf } from '../live/feed-position.ts';
import { documentJson } from './document-row.ts';
import { runQuery } from './run-query.ts';

const headRow = z.object({
  app_id: z.string(),
  horizon: z.string(),
  next: z.string(),
  seconds: z.string(),
  waiting: z.boolean(),
  xid: z.string().nullable(),
});
const changeRow = z.object({
  xid: z.string(),
  seq: z.string(),
  collection: z.string(),
  id: z.string(),
  kind: z.enum(['c', 'u', 'd']),
  change_author: z.string().nullable(),
  author: z.string().nullable(),
  version: z.number().nullable(),
});
const liveRow = z.object({
  id: z.string(),
  data: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.number(),
});

/** Changes of one app in one read. */
const MOST = 100;

const READ = {
  name: 'changes',
  text: `select r.* from unnest($1::text[], $2::xid8[], $3::bigint[], $4::text[]) a(app, xid, seq, collections)
    cross join lateral faibric.read_changes(a.app, a.xid, a.seq, string_to_array(a.collections, ','), $5) r`,
};

const KINDS = { c: 'created', u: 'updated', d: 'deleted' } as const;

const toChange = (value: unknown): Change => {
  const row = changeRow.parse(value);
  const live = row.version === null ? null : liveRow.parse(value);
  return {
    position: { xid: BigInt(row.xid), seq: BigInt(row.seq) },
    collection: row.collection,
    id: row.id,
    kind: KINDS[row.kind],
    author: row.change_author,
    document: live === null ? null : { author: row.author, json: (mine) => documentJson({ ...live, mine }) },
  };
};

const toRead = (rows: readonly unknown[]): FeedRead => {
  const head = headRow.parse(rows[0]);
  const changes = head.xid === null ? [] : rows.map(toChange);
  const last = changes.at(-1);
  const more = last !== undefined && changes.length === MOST;
  return {
    appId: head.app_id,
    changes,
    position: more ? last.position : startOf(BigInt(head.horizon)),
    seconds: Number(head.seconds),
    more,
    waiting: head.waiting,
    next: BigInt(head.next),
  };
};

/** Makes the feed on a pool of the run-time role. */
export const makeChangeStore = (pool: Pool): ChangeStore => ({
  read: async (requests: readonly FeedRequest[]) => {
    const values = [
      requests.map(({ appId }) => appId),
      requests.map(({ after }) => after?.xid.toString() ?? null),
      requests.map(({ after }) => after?.seq.toString() ?? null),
      requests.map(({ collections }) => collections.join(',')),
      MOST,
    ];
    const { rows } = await runQuery(pool, { ...READ, values });
    const byApp = new Map<string, unknown[]>();
    for (const row of rows) {
      const { app_id: appId } = headRow.parse(row);
      const known = byApp.get(appId);
      if (known === undefined) byApp.set(appId, [row]);
      else known.push(row);
    }
    return [...byApp.values()].map(toRead);
  },
});
