// `npm run bench -- db`: documents read, listed, filtered and created a second, beside PocketBase and json-server, in one run
// on one machine. The contestants take turns within each workload, so that a slow minute of the machine meets all alike.
import { readSettings } from '../../settings.ts';
import type { Contestant, Workload } from './contestant.ts';
import { startFaibric } from './faibric.ts';
import { installJsonServer, startJsonServer } from './json-server.ts';
import { benchLargeCollection } from './large-collection.ts';
import { type LoadResult, runLoad } from './load.ts';
import { buildPocketBase, startPocketBase } from './pocketbase.ts';

const DOCUMENTS = 10_000;
const CONNECTIONS = [16, 64];
// Creates come last: they change what the lists have to go through.
const WORKLOADS: readonly Workload[] = ['get one', 'list of 20', 'filtered list', 'create'];

// One figure of the table.
interface DbRow extends LoadResult {
  readonly contestant: string;
  readonly workload: Workload;
  readonly connections: number;
}

const startAll = async (cacheDir: string, say: (line: string) => void): Promise<Contestant[]> => {
  const pocketBase = await buildPocketBase(cacheDir, say);
  const jsonServer = await installJsonServer(cacheDir);
  say(`filling each with ${DOCUMENTS} documents`);
  return [
    await startFaibric(DOCUMENTS),
    await startPocketBase(pocketBase, DOCUMENTS, true),
    await startPocketBase(pocketBase, DOCUMENTS, false),
    await startJsonServer(jsonServer, DOCUMENTS),
  ];
};

const measure = async (contestants: readonly Contestant[], seconds: number, say: (line: string) => void) => {
  const rows: DbRow[] = [];
  for (const workload of WORKLOADS) {
    for (const connections of CONNECTIONS) {
      for (const contestant of contestants) {
        await runLoad(contestant, workload, { connections, seconds: 2 });
        const result = await runLoad(contestant, workload, { connections, seconds });
        rows.push({ contestant: contestant.name, workload, connections, ...result });
        const failed = result.failed === 0 ? '' : `  ${result.failed} FAILED`;
        say(
          `${workload.padEnd(14)}${String(connections).padStart(3)} connections  ${contestant.name.padEnd(28)}` +
            `${result.perSecond.toFixed(0).padStart(7)}/s  p50 ${result.p50Ms.toFixed(1)} ms  p99 ${result.p99Ms.toFixed(1)} ms${failed}`,
        );
      }
    }
  }
  return rows;
};

/** Runs the bench; each figure is over `seconds`. */
export const benchDb = async (seconds: number, say: (line: string) => void) => {
  const large = await benchLargeCollection(say);
  const contestants = await startAll(readSettings().cacheDir, say);
  try {
    for (const { name, durability } of contestants) say(`${name}: ${durability}`);
    return { large, rows: await measure(contestants, seconds, say) };
  } finally {
    for (const contestant of contestants) await contestant.stop();
  }
};
