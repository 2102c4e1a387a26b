// Acknowledged means durable, also when the API or every process of Postgres is killed in the middle of it (F14, F15). FAIBRIC_KILLS
// sets the number of kills. The second test is the control: with synchronous_commit off the same account must find
// losses, or it would find none anywhere.
import { afterEach, expect, test } from 'vitest';
import { type ApiProcess, makeApiProcess } from '../../test/api-process.ts';
import { runKills } from '../../test/kill-run.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';

const KILLS = Number(process.env.FAIBRIC_KILLS ?? 20);
let postgres: TestPostgres;
let api: ApiProcess;

const start = async (...settings: string[]) => {
  postgres = await startPostgres('max_connections=40', ...settings);
  const database = await postgres.database();
  api = await makeApiProcess({ postgres, database, app: { id: 'killed' }, env: { FAIBRIC_PG_POOL: '8' } });
  await api.start();
  return { api, postgres, database };
};
afterEach(async () => {
  await api?.stop();
  await postgres?.stop();
});

test(`F14 F15 A20: ${KILLS} kills of API and Postgres under 16 writers lose, double and invent nothing`, {
  timeout: 120_000 + KILLS * 15_000,
}, async () => {
  const parts = await start();
  const victims = ['postgres', 'api', 'postgres', 'both'] as const;
  const report = await runKills(parts, (kill) => victims[kill % victims.length] ?? 'both', KILLS);
  expect(report.acknowledged).toBeGreaterThan(KILLS * 10);
  expect(report).toMatchObject({ kills: KILLS, lost: 0, duplicated: 0, invented: 0, miscounted: 0 });
});

test('the account is not blind: with synchronous_commit off it finds acknowledged writes lost', {
  timeout: 180_000,
}, async () => {
  const parts = await start('wal_writer_delay=10s');
  // Set behind the API's back, after its check at the start, and in force for each connection from the first kill on.
  const owner = await connectAsOwner(postgres.port, parts.database);
  await owner.query('alter role faibric_app set synchronous_commit = off');
  await owner.end();
  const report = await runKills(parts, () => 'postgres', 12);
  expect(report.lost).toBeGreaterThan(0);
});
