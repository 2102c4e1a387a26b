// Log lines and streamed source from the operator's end of the wire to a browser's: a real Redis, the operator's own
// writer, the API's own reader. A reconnect misses nothing and repeats nothing; without Redis phases still arrive.
import type { WorkEntry } from '@faibric/crds';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkStream, type RedisWorkStream } from '../../../operator/src/adapters/work-stream.ts';
import { silentLogger } from '../../../operator/src/runtime/logger.ts';
import { silent, startServer, type TestServer } from '../../test/api-server.ts';
import { followEvents, type SeenEvent } from '../../test/follow-events.ts';
import { anApp, type MemoryCluster, memoryCluster } from '../../test/memory-cluster.ts';
import { startPostgres, type TestPostgres } from '../../test/postgres.ts';
import { startRedis, type TestRedis } from '../../test/redis.ts';
import { makeWorkReader, type RunningWorkReader } from '../adapters/work-reader.ts';
import { projectEventSchemas } from '../contract/index.ts';

let postgres: TestPostgres;
let redis: TestRedis;
let server: TestServer;
let cluster: MemoryCluster;
let writer: RedisWorkStream;
let reader: RunningWorkReader;

beforeAll(async () => {
  postgres = await startPostgres();
  redis = await startRedis();
  cluster = memoryCluster();
  writer = createWorkStream(redis.url, silentLogger);
  reader = makeWorkReader(redis.url, silent);
  server = await startServer(postgres, await postgres.database(), { cluster, work: reader });
  await ready(redis);
});
afterAll(async () => {
  writer?.close();
  reader?.close();
  await server?.close();
  await redis?.stop();
  await postgres?.stop();
});

const line = (text: string, revision = 1): WorkEntry => ({ revision, step: 'build', kind: 'log', text });
const code = (offset: number, text: string): WorkEntry => ({
  revision: 1,
  step: 'generate',
  kind: 'code',
  path: 'src/App.tsx',
  offset,
  text,
});

/** Waits until writer and reader are connected, with an app of its own. */
const ready = async ({ url }: TestRedis): Promise<void> => {
  const probe = new Redis(url);
  for (let tries = 0; tries < 200 && (await probe.exists('faibric:work:probe')) === 0; tries += 1) {
    writer.append('probe', line('are you there'));
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  probe.disconnect();
};
const app = (id: string): string => {
  cluster.put(anApp({ name: `app-${id}`, spec: { id } }));
  return `/api/projects/${id}/events/`;
};
const linesOf = (seen: readonly SeenEvent[]): string[] =>
  seen.filter(({ event }) => event === 'log').flatMap(({ data }) => data.text.split('\n'));
const heard = (text: string) => (seen: readonly SeenEvent[]) => linesOf(seen).includes(text);

describe('work in progress', () => {
  test('lines and source arrive with ids, in the shapes of the contract', async () => {
    const events = await followEvents(server.port, app('work01'));
    writer.append('work01', line('#1 load'));
    writer.append('work01', code(0, 'export '));
    writer.append('work01', code(7, 'default 1;\n'));
    await events.until((seen) => seen.some(({ event }) => event === 'code'));
    const [first, ...rest] = events.seen;
    expect(first?.event).toBe('project');
    expect(first?.id).toBeUndefined();
    expect(projectEventSchemas.log.parse(rest[0]?.data)).toEqual({
      revision: 1,
      step: 'build',
      text: '#1 load',
    });
    expect(projectEventSchemas.code.parse(rest[1]?.data)).toMatchObject({
      offset: 0,
      text: 'export default 1;\n',
    });
    expect(rest.every(({ id }) => /^\d+-\d+$/.test(id ?? ''))).toBe(true);
    events.close();
  });

  test('who comes late is told what is kept of the newest revision, and nothing of other apps', async () => {
    const path = app('work02');
    writer.append('work02', line('of the first', 1));
    writer.append('work02', line('of the second', 2));
    writer.append('other2', line('of another app', 2));
    const early = await followEvents(server.port, path);
    await early.until(heard('of the second'));
    const late = await followEvents(server.port, path);
    await late.until(heard('of the second'));
    expect(linesOf(late.seen)).toEqual(['of the second']);
    early.close();
    late.close();
  });

  test('a reconnect with Last-Event-ID goes on where it was cut: nothing is lost, nothing comes twice', async () => {
    const path = app('work03');
    const all = Array.from({ length: 300 }, (_, i) => `line ${i}`);
    const writing = (async () => {
      for (const [i, text] of all.entries()) {
        writer.append('work03', line(text));
        if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 15));
      }
    })();
    const got: string[] = [];
    let last = '';
    for (let cuts = 0; !got.includes('line 299') && cuts < 200; cuts += 1) {
      const events = await followEvents(server.port, path, last === '' ? {} : { 'last-event-id': last });
      await events.until((seen) => linesOf(seen).length > 0);
      got.push(...linesOf(events.seen));
      last = events.seen.at(-1)?.id ?? last;
      events.close();
    }
    await writing;
    expect(got).toEqual(all);
  });

  test('two who watch hear the same', async () => {
    const path = app('work04');
    const both = await Promise.all([followEvents(server.port, path), followEvents(server.port, path)]);
    for (let i = 0; i < 20; i += 1) writer.append('work04', { ...line(`line ${i}`), revision: 1 + (i % 2) });
    await Promise.all(both.map((events) => events.until(heard('line 19'))));
    const [one, two] = both.map(({ seen }) => linesOf(seen));
    expect(one).toEqual(two);
    for (const events of both) events.close();
  });

  test.each(['1', 'x-1', '1-', '-1-1', `${'9'.repeat(30)}-0`])('Last-Event-ID %s is refused', async (id) => {
    const path = app('work05');
    const answer = await server.send('GET', path, { headers: { 'last-event-id': id } });
    expect([answer.status, answer.json.code]).toEqual([400, 'invalid_header']);
  });

  test('what somebody else wrote into the stream is passed over', async () => {
    const events = await followEvents(server.port, app('work06'));
    const stranger = new Redis(redis.url);
    await stranger.xadd('faibric:work:work06', '*', 'e', 'no json');
    await stranger.xadd('faibric:work:work06', '*', 'x', '{}');
    await stranger.xadd(
      'faibric:work:work06',
      '*',
      'e',
      '{"revision":1,"step":"build","kind":"evil","text":"x"}',
    );
    stranger.disconnect();
    writer.append('work06', line('after it'));
    await events.until(heard('after it'));
    expect(events.seen.map(({ event }) => event)).toEqual(['project', 'log']);
    events.close();
  });

  test('F16: without Redis phases still arrive, and when it is back so does what is told then', async () => {
    const path = app('work07');
    const events = await followEvents(server.port, path);
    const { port } = redis;
    await redis.stop();
    const current = cluster.get('app-work07')!;
    cluster.put({ ...current, status: { phase: 'Building' } });
    await events.until((seen) => seen.some(({ data }) => data.phase === 'Building'));
    redis = await startRedis(port);
    await ready(redis);
    await events.until((seen) => {
      writer.append('work07', line('back again'));
      return heard('back again')(seen);
    });
    events.close();
  });
});
