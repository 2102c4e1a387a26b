// Writers that write through the API while it and Postgres are killed under them, and the account afterwards: every write
// that was acknowledged must be there once, and nothing that nobody wrote. Used by the kill test and by its bench.
import { Agent, request } from 'node:http';
import type { ApiProcess } from './api-process.ts';
import { SECRET, visitorCookie } from './api-server.ts';
import { connectAsOwner, type TestPostgres } from './postgres.ts';

const WRITERS = 16;
const APP = 'killed';
const PATH = `/api/v1/db/${APP}/writes/`;
const KEY = /^w\d+-\d+$/;

/** What came of a run. All but the first two must be 0 where writes are durable. */
export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged and not there. */
  readonly lost: number;
  /** There more than once. */
  readonly duplicated: number;
  /** There and never sent, or not as it was sent. */
  readonly invented: number;
  /** Difference of the app's counter and its documents. */
  readonly miscounted: number;
}

/** What to kill; the run starts it again. */
export type Victim = 'api' | 'postgres' | 'both';

const send = (port: number, agent: Agent, key: string): Promise<number> =>
  new Promise((resolve) => {
    const headers = {
      'x-faibric-proxy': SECRET,
      'x-faibric-app': APP,
      cookie: visitorCookie(APP, 'a writer'),
      'content-type': 'application/json',
      'idempotency-key': key,
    };
    const options = { host: '127.0.0.1', port, path: PATH, method: 'POST', headers, agent, timeout: 10_000 };
    const req = request(options, (res) => {
      res.resume();
      res.on('end', () => resolve(res.statusCode ?? 0));
      res.on('error', () => resolve(0));
    });
    req.on('timeout', () => req.destroy());
    req.on('error', () => resolve(0));
    req.end(JSON.stringify({ data: { key, echo: key.length } }));
  });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A writer: one key after the other, each repeated until it is acknowledged. */
const startWriter = (port: number, name: string) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sent = new Set<string>();
  const acknowledged: string[] = [];
  let stopped = false;
  const work = async (): Promise<void> => {
    for (let i = 0; !stopped; i += 1) {
      const key = `${name}-${i}`;
      sent.add(key);
      // What is unknown when the writer stops stays so: it may be there or not, but once.
      while ((await send(port, agent, key)) !== 201) {
        if (stopped) return;
        await pause(15);
      }
      acknowledged.push(key);
    }
  };
  const done = work();
  const stop = async (): Promise<void> => {
    stopped = true;
    await done;
    agent.destroy();
  };
  return { sent, acknowledged, stop };
};

interface Stored {
  readonly key: string;
  readonly echo: number;
}

const account = async (postgres: TestPostgres, database: string) => {
  const owner = await connectAsOwner(postgres.port, database);
  const { rows } = await owner.query<Stored>(
    `select data->>'key' as key, (data->>'echo')::int as echo from faibric.documents where app_id = $1`,
    [APP],
  );
  const counted = await owner.query<{ n: number }>(
    'select coalesce(sum(documents), 0)::int as n from faibric.usage where app_id = $1',
    [APP],
  );
  await owner.end();
  return { rows, counted: counted.rows[0]?.n ?? 0 };
};

/** Kills `kills` times, each time after some more writes were acknowledged, and gives the account. */
export const runKills = async (
  { api, postgres, database }: { api: ApiProcess; postgres: TestPostgres; database: string },
  victims: (kill: number) => Victim,
  kills: number,
): Promise<KillReport> => {
  const writers = Array.from({ length: WRITERS }, (_, i) => startWriter(api.port, `w${i}`));
  const total = (): number => writers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
  for (let kill = 0; kill < kills; kill += 1) {
    const wanted = total() + 10 + (kill % 7) * 8;
    for (const until = Date.now() + 30_000; total() < wanted; await pause(2))
      if (Date.now() > until) throw new Error(`after kill ${kill} writes are no longer acknowledged`);
    const victim = victims(kill);
    if (victim !== 'api') await postgres.kill();
    if (victim !== 'postgres') await api.kill();
    if (victim !== 'api') await postgres.start();
    if (victim !== 'postgres') await api.start();
  }
  await Promise.all(writers.map((writer) => writer.stop()));
  const { rows, counted } = await account(postgres, database);
  const sent = new Set(writers.flatMap((writer) => [...writer.sent]));
  const stored = new Set(rows.map(({ key }) => key));
  return {
    kills,
    acknowledged: total(),
    lost: writers.flatMap(({ acknowledged }) => acknowledged).filter((key) => !stored.has(key)).length,
    duplicated: rows.length - stored.size,
    invented: rows.filter(({ key, echo }) => !sent.has(key) || !KEY.test(key) || echo !== key.length).length,
    miscounted: Math.abs(counted - rows.length),
  };
};
