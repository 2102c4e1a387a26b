// The stream of an app's work against a real Redis: capped, expiring, in the wire's form; and without Redis nothing waits.
import { WORK_FIELD, type WorkEntry, workEntry, workStreamKey } from '@faibric/crds';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis, type TestRedis } from '../../../api/test/redis.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createWorkStream, type RedisWorkStream } from './work-stream.ts';

let server: TestRedis;
let reader: Redis;
let stream: RedisWorkStream;
const line = (text: string): WorkEntry => ({ revision: 1, step: 'build', kind: 'log', text });

beforeAll(async () => {
  server = await startRedis();
  reader = new Redis(server.url);
  stream = createWorkStream(server.url, silentLogger);
});
afterAll(async () => {
  stream?.close();
  reader?.disconnect();
  await server?.stop();
});

const until = async (check: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('waited in vain');
};

describe('the stream of work', () => {
  it('arrives in the form of the wire, and is forgotten after a while', async () => {
    await until(async () => {
      stream.append('app1', line('hello'));
      return (await reader.xlen(workStreamKey('app1'))) > 0;
    });
    const [[, fields] = []] = await reader.xrange(workStreamKey('app1'), '-', '+', 'COUNT', 1);
    expect(fields?.[0]).toBe(WORK_FIELD);
    expect(workEntry.parse(JSON.parse(fields?.[1] ?? ''))).toMatchObject({
      step: 'build',
      text: expect.stringContaining('hello'),
    });
    expect(await reader.ttl(workStreamKey('app1'))).toBeGreaterThan(0);
  });

  it('holds a bounded number of entries', async () => {
    for (let i = 0; i < 3_000; i += 1) {
      stream.append('app2', { ...line(`${i}`), revision: 1 + (i % 2) });
      if (i % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 120));
    }
    await until(async () => {
      const [[, fields] = []] = await reader.xrevrange(workStreamKey('app2'), '+', '-', 'COUNT', 1);
      return fields?.[1]?.includes('"2999"') ?? false;
    });
    expect(await reader.xlen(workStreamKey('app2'))).toBeLessThan(1_300);
  });

  it('goes on after Redis was away; meanwhile telling costs nothing and throws nothing', async () => {
    const { port } = server;
    await server.stop();
    for (let i = 0; i < 100; i += 1) stream.append('app3', line(`lost ${i}`));
    server = await startRedis(port);
    reader.disconnect();
    reader = new Redis(server.url);
    await until(async () => {
      stream.append('app3', line('back'));
      return (await reader.xlen(workStreamKey('app3'))) > 0;
    });
  });
});
