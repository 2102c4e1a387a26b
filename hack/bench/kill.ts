// `npm run bench -- kill`: the kill test in full, 300 kills of the API and of every process of Postgres under 16 writers, and
// its control with synchronous_commit off, which must be seen to lose some.
import { makeApiProcess } from '../../api/test/api-process.ts';
import { type KillReport, runKills, type Victim } from '../../api/test/kill-run.ts';
import { connectAsOwner, startPostgres } from '../../api/test/postgres.ts';

const VICTIMS: readonly Victim[] = ['postgres', 'api', 'postgres', 'both'];
const CONTROL_KILLS = 20;

const runOnce = async (kills: number, durable: boolean): Promise<KillReport> => {
  const postgres = await startPostgres('max_connections=40', ...(durable ? [] : ['wal_writer_delay=10s']));
  const database = await postgres.database();
  const api = await makeApiProcess({
    postgres,
    database,
    app: { id: 'killed' },
    env: { FAIBRIC_PG_POOL: '8' },
  });
  try {
    await api.start();
    if (!durable) {
      const owner = await connectAsOwner(postgres.port, database);
      await owner.query('alter role faibric_app set synchronous_commit = off');
      await owner.end();
    }
    // Without durability the API would refuse to start again, so there only Postgres is killed.
    const victimOf = (kill: number): Victim =>
      durable ? (VICTIMS[kill % VICTIMS.length] ?? 'both') : 'postgres';
    return await runKills({ api, postgres, database }, victimOf, kills);
  } finally {
    await api.stop();
    await postgres.stop();
  }
};

const line = (name: string, report: KillReport): string =>
  `${name}: ${report.kills} kills, ${report.acknowledged} acknowledged; lost ${report.lost}, doubled ${report.duplicated}, ` +
  `invented ${report.invented}, miscounted ${report.miscounted}`;

/** Runs both and says what came of them. */
export const benchKill = async (kills: number, say: (line: string) => void) => {
  const durable = await runOnce(kills, true);
  say(line('as installed', durable));
  const control = await runOnce(CONTROL_KILLS, false);
  say(line('control, synchronous_commit off', control));
  if (control.lost === 0) say('THE CONTROL LOST NOTHING: this run proves nothing');
  return { durable, control };
};
