// `npm run bench -- projects`: how long a list takes when the platform has a thousand apps. The real app on a real socket and
// a real Postgres, with the cluster in memory; every fifth request comes right after an app has changed, as they do.
import { Agent, request } from 'node:http';
import { SECRET, startServer } from '../../api/test/api-server.ts';
import { anApp, memoryCluster } from '../../api/test/memory-cluster.ts';
import { startPostgres } from '../../api/test/postgres.ts';
import { type Summary, summarise } from './statistics.ts';

const APPS = 1_000;
const ROUNDS = 300;

const QUERIES: Readonly<Record<string, string>> = {
  'first page (100)': '',
  'largest page (500)': '?limit=500',
  'second page of 500': '?limit=500&offset=500',
  'search for two words': '?q=plant+700&limit=500',
  'by title': '?order_by=title&limit=500',
  'ready ones by tokens': '?ready=true&order_by=-tokens&limit=500',
};

/** Times of each kind of list, in milliseconds. */
export interface ProjectsResult {
  readonly apps: number;
  readonly lists: Readonly<Record<string, Summary>>;
}

const condition = (
  type: 'Analyzed' | 'Generated' | 'Validated' | 'Built' | 'Deployed' | 'Routed' | 'Ready',
) => ({
  type,
  status: 'True' as const,
  reason: 'Succeeded' as const,
  message: `${type} is done.`,
  lastTransitionTime: '2026-11-25T09:00:00Z',
});

const app = (at: number) =>
  anApp({
    name: `plants-app${at}`,
    spec: {
      id: `app${at}`,
      prompt: `A plant tracker for greenhouse ${at} with species and a date`,
      owner: 'me',
    },
    status: {
      phase: 'Ready',
      type: 'list-manager',
      title: `Greenhouse ${(at * 7919) % APPS}`,
      revision: 1,
      tokens: { total: (at * 104_729) % 5_000 },
      conditions: (
        ['Analyzed', 'Generated', 'Validated', 'Built', 'Deployed', 'Routed', 'Ready'] as const
      ).map(condition),
    },
  });

const timeOf = (agent: Agent, port: number, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const headers = { 'x-faibric-proxy': SECRET };
    const req = request({ host: '127.0.0.1', port, path, headers, agent }, (res) => {
      res.on('error', reject);
      res.on('end', () =>
        res.statusCode === 200 ? resolve(performance.now() - start) : reject(new Error(path)),
      );
      res.resume();
    });
    req.on('error', reject);
    req.end();
  });

/** Measures lists of a thousand apps. */
export async function benchProjects(say: (line: string) => void): Promise<ProjectsResult> {
  const postgres = await startPostgres();
  const cluster = memoryCluster();
  const apps = Array.from({ length: APPS }, (_, at) => app(at));
  for (const one of apps) cluster.put(one);
  const server = await startServer(postgres, await postgres.database(), { cluster });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const lists: Record<string, Summary> = {};
  try {
    for (const [name, query] of Object.entries(QUERIES)) {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const one = apps[(round * 31) % APPS];
        if (round % 5 === 0 && one) cluster.put({ ...one });
        times.push(await timeOf(agent, server.port, `/api/projects/${query}`));
      }
      const summary = summarise(times);
      lists[name] = summary;
      const { median, p95, most } = summary;
      say(
        `${name.padEnd(24)}median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, most ${most.toFixed(1)} ms`,
      );
    }
  } finally {
    agent.destroy();
    await server.close();
    await postgres.stop();
  }
  return { apps: APPS, lists };
}
