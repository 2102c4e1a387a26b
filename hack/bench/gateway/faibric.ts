// Faibric in the gateway bench: the API as a process with a Redis, its rate limits off, the sample upstreams behind it. The
// question is asked once before, so that all that is measured are hits.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleServer } from '../../../api/src/sample-upstreams/server.ts';
import { makeApiProcess } from '../../../api/test/api-process.ts';
import { SECRET } from '../../../api/test/api-server.ts';
import { startPostgres } from '../../../api/test/postgres.ts';
import { startRedis } from '../../../api/test/redis.ts';
import type { CacheContestant } from './contestant.ts';

const APP = 'benchapp';

/** Starts it. */
export const startFaibric = async (body: string): Promise<CacheContestant & { readonly answer: string }> => {
  const samples = makeSampleServer(() => Date.now());
  await new Promise<void>((resolve) => samples.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(samples.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), 'faibric-gateway-'));
  // An answer that stays fresh for the length of the bench, as nginx's does.
  const services = { yahoo_finance: { baseUrl, allowPrivate: true, actions: actionsOf(3_600) } };
  writeFileSync(join(folder, 'services.json'), JSON.stringify({ services }));
  const [postgres, redis] = [await startPostgres(), await startRedis()];
  const env = {
    LOG_LEVEL: 'error',
    REDIS_URL: redis.url,
    FAIBRIC_GATEWAY_CONFIG: join(folder, 'services.json'),
    FAIBRIC_GATEWAY_CALLS_PER_SECOND: '0',
    // Counted as in production, but never used up.
    FAIBRIC_GATEWAY_CALLS_PER_DAY: '1000000',
  };
  const api = await makeApiProcess({ postgres, database: await postgres.database(), app: { id: APP }, env });
  await api.start();
  const headers = { 'x-faibric-proxy': SECRET, 'x-faibric-app': APP };
  const ask = async (): Promise<string> => {
    const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body };
    const answer = await fetch(`http://127.0.0.1:${api.port}/api/gateway/`, init);
    if (!answer.ok) throw new Error(`the gateway answered ${answer.status}`);
    return answer.text();
  };
  await ask();
  return {
    name: 'Faibric',
    port: api.port,
    headers,
    answer: await ask(),
    stop: async () => {
      await api.stop();
      await redis.stop();
      await postgres.stop();
      samples.closeAllConnections();
      samples.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const actionsOf = (ttlSeconds: number) => ({
  quote: {
    description: 'Price and change against the previous close.',
    path: '/v8/finance/chart/{symbols}',
    query: { range: '1d', interval: '5m' },
    parameters: { symbols: { type: 'list', each: true, required: true } },
    ttlSeconds,
    normaliser: 'stock-quote',
  },
});
