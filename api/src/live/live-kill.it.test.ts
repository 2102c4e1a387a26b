// Live changes through two replicas that are killed while 16 writers write, with readers that cut their streams at random
// and without Redis: every acknowledged change reaches every reader, and no reader is told an older state after a newer one.
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiProcess, makeApiProcess } from '../../test/api-process.ts';
import { SECRET, visitorCookie } from '../../test/api-server.ts';
import { type EventClient, listenTo } from '../../test/event-client.ts';
import { connectAsOwner, startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { until } from '../../test/until.ts';

const app = 'livekill';
const path = `/api/v1/db/${app}/things/`;
const WRITERS = 16;
const KILLS = 6;

let postgres: TestPostgres;
let database: string;
let replicas: ApiProcess[];

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.database();
  const access = [
    { collection: 'things', read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' },
  ];
  const parts = { postgres, database, app: { id: app, access } };
  replicas = [await makeApiProcess(parts), await makeApiProcess(parts)];
  for (const replica of replicas) await replica.start();
}, 120_000);
afterAll(async () => {
  for (const replica of replicas ?? []) await replica.stop();
  await postgres?.stop();
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const below = (n: number): number => Math.floor(Math.random() * n);
const portOf = (n: number): number => replicas[n % replicas.length]?.port ?? 0;

interface Answer {
  readonly status: number;
  readonly text: string;
}

const send = (
  agent: Agent,
  port: number,
  ask: { method: string; path: string; key?: string; data?: object },
): Promise<Answer> =>
  new Promise((resolve) => {
    const headers = {
      'x-faibric-proxy': SECRET,
      'x-faibric-app': app,
      cookie: visitorCookie(app, 'a writer'),
      ...(ask.data === undefined ? {} : { 'content-type': 'application/json' }),
      ...(ask.key === undefined ? {} : { 'idempotency-key': ask.key }),
    };
    const gone = (): void => resolve({ status: 0, text: '' });
    const req = request(
      { host: '127.0.0.1', port, method: ask.method, path: ask.path, headers, agent, timeout: 10_000 },
      (res) => {
        let text = '';
        res.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        res.on('end', () => resolve({ status: res.statusCode ?? 0, text }));
        res.on('error', gone);
      },
    );
    req.on('timeout', () => req.destroy());
    req.on('error', gone);
    req.end(ask.data === undefined ? undefined : JSON.stringify({ data: ask.data }));
  });

/** A writer: creates, changes and deletes, each repeated until it is acknowledged. Keeps what each document came to. */
const startWriter = (number: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  /** The version that was acknowledged last; null: its deletion was. */
  const acknowledged = new Map<string, number | null>();
  let stopped = false;
  const surely = async (ask: Parameters<typeof send>[2], fine: readonly number[]): Promise<Answer | null> => {
    for (;;) {
      const answer = await send(agent, portOf(below(2)), ask);
      if (fine.includes(answer.status)) return answer;
      if (stopped) return null;
      await pause(10);
    }
  };
  const version = (answer: Answer): { id: string; version: number } => JSON.parse(answer.text);
  const work = async (): Promise<void> => {
    for (let i = 0; !stopped; i += 1) {
      const made = await surely({ method: 'POST', path, key: `${number}-${i}`, data: { number, i } }, [201]);
      if (made === null) return;
      const { id } = version(made);
      acknowledged.set(id, 1);
      const one = `${path}${id}/`;
      const changed = await surely({ method: 'PATCH', path: one, data: { again: i } }, [200]);
      if (changed === null) return;
      acknowledged.set(id, version(changed).version);
      if (i % 3 !== 0) continue;
      // Gone already: an attempt whose answer was lost had done it.
      if ((await surely({ method: 'DELETE', path: one }, [204, 404])) === null) return;
      acknowledged.set(id, null);
    }
  };
  const done = work();
  const stop = async (): Promise<void> => {
    stopped = true;
    await done;
    agent.destroy();
  };
  return { acknowledged, stop };
};

/** A reader that never lists after its first stream: what it knows it knows from events alone. */
const startReader = (number: number) => {
  const versions = new Map<string, number | null>();
  const counts = { connections: 0, resets: 0, told: 0, again: 0, backwards: 0 };
  let lastEventId: string | undefined;
  let client: EventClient | null = null;
  let stopped = false;
  const take = ({ event, data }: EventClient['events'][number]): void => {
    if (event === 'reset') counts.resets += 1;
    if (event !== 'created' && event !== 'updated' && event !== 'deleted') return;
    counts.told += 1;
    const before = versions.get(data.id);
    const now: number | null = event === 'deleted' ? null : data.version;
    if (before === now) counts.again += 1;
    // Deleted is for ever here; a version never goes back.
    if (before === null ? now !== null : now !== null && before !== undefined && now < before)
      counts.backwards += 1;
    versions.set(data.id, now);
  };
  const listenOnce = async (): Promise<void> => {
    const open = await listenTo({
      port: portOf(below(2)),
      path: `${path}events/`,
      app,
      visitor: `reader ${number}`,
      lastEventId,
    });
    client = open;
    counts.connections += 1;
    let taken = 0;
    const end = performance.now() + 50 + below(600);
    while (!open.ended() && (performance.now() < end || stopped)) {
      for (const event of open.events.slice(taken)) take(event);
      taken = open.events.length;
      await pause(5);
    }
    open.close();
    for (const event of open.events.slice(taken)) take(event);
    if (open.lastEventId() !== '') lastEventId = open.lastEventId();
  };
  let over = false;
  const work = async (): Promise<void> => {
    while (!over) await listenOnce().catch(() => pause(20));
  };
  const done = work();
  return {
    versions,
    counts,
    isOpen: () => counts.connections > 0,
    /** Stays connected from now on. */
    settle: () => {
      stopped = true;
    },
    stop: async () => {
      over = true;
      client?.close();
      await done;
    },
  };
};

test(`16 writers, ${KILLS} kills of replicas, 4 readers that come and go, no Redis: nothing is missed, nothing goes back`, async () => {
  const readers = Array.from({ length: 4 }, (_, i) => startReader(i));
  await until(() => readers.every((reader) => reader.isOpen()), 'all readers');
  const writers = Array.from({ length: WRITERS }, (_, i) => startWriter(i));
  const total = (): number => writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const wanted = total() + 150;
    await until(() => total() >= wanted, 'writes between kills', 60_000);
    const victim = replicas[kill % 2];
    await victim?.kill();
    await victim?.start();
  }
  await Promise.all(writers.map((writer) => writer.stop()));
  for (const reader of readers) reader.settle();

  const owner = await connectAsOwner(postgres.port, database);
  const { rows } = await owner.query<{ id: string; version: number }>(
    'select id, version from faibric.documents where app_id = $1',
    [app],
  );
  const fed = await owner.query<{ n: number }>(
    'select count(*)::int as n from faibric.changes where app_id = $1',
    [app],
  );
  await owner.end();
  const stored = new Map(rows.map(({ id, version }) => [id, version]));
  const acknowledged = new Map(writers.flatMap((writer) => [...writer.acknowledged]));
  expect(acknowledged.size).toBeGreaterThan(KILLS * 150);
  for (const { versions, counts } of readers) {
    const missed = () =>
      [...acknowledged.keys()].filter((id) => (versions.get(id) ?? null) !== (stored.get(id) ?? null));
    await until(() => missed().length === 0, `changes that reader missed: ${missed().length}`, 20_000).catch(
      () => undefined,
    );
    expect(missed()).toEqual([]);
    // Deleted ones were told as well, if only as deleted.
    expect([...acknowledged.keys()].filter((id) => !versions.has(id))).toEqual([]);
    // Each change once: what a client names when it comes back is what it has.
    expect(counts).toMatchObject({ resets: 0, backwards: 0, told: fed.rows[0]?.n });
    expect(counts.connections).toBeGreaterThan(KILLS);
  }
  for (const reader of readers) await reader.stop();
}, 240_000);
