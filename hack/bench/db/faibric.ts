// Faibric in the database bench: a throwaway Postgres and the API as a process, asked the way an app's page asks it (app
// scope, a visitor's cookie, access rules), with its rate limits off.
import { z } from 'zod';
import { makeApiProcess } from '../../../api/test/api-process.ts';
import { SECRET, visitorCookie } from '../../../api/test/api-server.ts';
import { startPostgres } from '../../../api/test/postgres.ts';
import { benchDocument, type Contestant, NEW_DOCUMENT, postJson } from './contestant.ts';

const APP = 'benchapp';
const ANYONE = { read: 'anyone', create: 'anyone', update: 'anyone', delete: 'anyone' } as const;
const created = z.object({ items: z.array(z.object({ id: z.string() })) });

/** Starts it with so many documents. */
export const startFaibric = async (documents: number): Promise<Contestant> => {
  // As the chart starts it.
  const postgres = await startPostgres('max_connections=60', 'shared_buffers=64MB');
  const app = { id: APP, access: [{ collection: 'items', ...ANYONE }] };
  const env = { FAIBRIC_DOCUMENTS_PER_APP: '1000000', LOG_LEVEL: 'error' };
  const api = await makeApiProcess({ postgres, database: await postgres.database(), app, env });
  await api.start();
  const headers = {
    'x-faibric-proxy': SECRET,
    'x-faibric-app': APP,
    cookie: visitorCookie(APP, 'the bench'),
  };
  const base = `http://127.0.0.1:${api.port}/api/v1/db/${APP}/items/`;
  const ids: string[] = [];
  for (let n = 0; n < documents; n += 500) {
    const batch = Array.from({ length: Math.min(500, documents - n) }, (_, i) => ({
      data: benchDocument(n + i),
    }));
    ids.push(
      ...created
        .parse(await postJson(`${base}bulk/`, { documents: batch }, headers))
        .items.map(({ id }) => id),
    );
  }
  const path = `/api/v1/db/${APP}/items/`;
  return {
    name: 'Faibric',
    durability: 'Postgres: fsync on, synchronous_commit on (flush at each commit)',
    port: api.port,
    headers,
    ids,
    requests: {
      'get one': { method: 'GET', path: `${path}{id}/` },
      'list of 20': { method: 'GET', path: `${path}?limit=20` },
      'filtered list': {
        method: 'GET',
        path: `${path}?limit=20&filter=%7B%22category%22%3A%22category-{category}%22%7D`,
      },
      create: { method: 'POST', path, body: `{"data":${NEW_DOCUMENT}}` },
    },
    stop: async () => {
      await api.stop();
      await postgres.stop();
    },
  };
};
