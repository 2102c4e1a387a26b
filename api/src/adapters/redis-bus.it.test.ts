// Notes between replicas over a real Redis, which goes away and comes back.
import { afterAll, expect, test } from 'vitest';
import { startServer } from '../../test/api-server.ts';
import { listenTo } from '../../test/event-client.ts';
import { startPostgres } from '../../test/postgres.ts';
import { startRedis, type TestRedis } from '../../test/redis.ts';
import { until } from '../../test/until.ts';
import type { ChangeNote } from '../live/change-bus.ts';
import { makeRedisBus } from './redis-bus.ts';

const redises: TestRedis[] = [];
afterAll(async () => {
  for (const redis of redises) await redis.stop();
});

test('F16: one replica hears what another says, also after Redis was gone; meanwhile nothing fails', async () => {
  const redis = await startRedis();
  redises.push(redis);
  const [one, other] = [makeRedisBus(redis.url), makeRedisBus(redis.url)];
  const heard: ChangeNote[] = [];
  other.subscribe((note) => heard.push(note));
  const heardOf = (appId: string) => async () => {
    one.publish({ appId, what: 'changed' });
    return heard.some((note) => note.appId === appId && note.what === 'changed');
  };
  await until(heardOf('before'), 'a note');
  await redis.stop();
  one.publish({ appId: 'lost', what: 'recheck' });
  redises.push(await startRedis(redis.port));
  await until(heardOf('after'), 'a note after the return', 30_000);
  expect(heard.map(({ appId }) => appId)).not.toContain('lost');
  one.close();
  other.close();
});

test('a burst of writes is a few notes, the last of them after the last write', async () => {
  const redis = await startRedis();
  redises.push(redis);
  const [one, other] = [makeRedisBus(redis.url), makeRedisBus(redis.url)];
  const heard: string[] = [];
  other.subscribe(({ appId }) => heard.push(appId));
  await until(async () => {
    one.publish({ appId: 'probe', what: 'changed' });
    return heard.length > 0;
  }, 'a note');
  for (let i = 0; i < 500; i += 1) one.publish({ appId: 'burst', what: 'changed' });
  await until(() => heard.filter((appId) => appId === 'burst').length === 2, 'the first and the last');
  one.close();
  other.close();
});

test('a write through one replica is told by another, with Redis and without', async () => {
  const postgres = await startPostgres();
  const redis = await startRedis();
  redises.push(redis);
  const database = await postgres.database();
  const start = async () => {
    const bus = makeRedisBus(redis.url);
    return { bus, server: await startServer(postgres, database, { apps: ['busapp'], bus }) };
  };
  const [one, other] = [await start(), await start()];
  const path = '/api/v1/db/busapp/todos/';
  const client = await listenTo({ port: other.server.port, path: `${path}events/`, app: 'busapp' });
  const told = async (n: number): Promise<void> => {
    await one.server.send('POST', path, { app: 'busapp', body: { data: { n } } });
    await until(() => client.events.some(({ data }) => data.data?.n === n), `document ${n}`);
  };
  await told(1);
  await redis.stop();
  await told(2);
  client.close();
  for (const { bus, server } of [one, other]) {
    await server.close();
    bus.close();
  }
  await postgres.stop();
});
