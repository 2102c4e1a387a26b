// Runs wrk with one thread on one core, so that the load takes the same share of the machine whoever is measured. An answer
// that is not 2xx spoils the figure and is counted.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../shell.ts';

/** What a run gave. */
export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
}

/** How hard and how long. */
export interface LoadShape {
  readonly connections: number;
  readonly seconds: number;
}

/** A text as Lua writes it. */
export const luaText = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** A table of texts as Lua writes it. */
export const luaTable = (texts: Readonly<Record<string, string>>): string =>
  `{ ${Object.entries(texts)
    .map(([name, value]) => `[${luaText(name)}] = ${luaText(value)}`)
    .join(', ')} }`;

const DONE = `
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %f %f %f %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
`;

/** Loads a port of this machine with what the Lua script's `request` makes. */
export const runWrk = async (port: number, script: string, shape: LoadShape): Promise<LoadResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'faibric-load-'));
  try {
    const file = join(folder, 'load.lua');
    await writeFile(file, script + DONE);
    const core = String(availableParallelism() - 1);
    const how = ['-t1', `-c${shape.connections}`, `-d${shape.seconds}s`, '--timeout', '10s', '-s', file];
    const text = await run('taskset', ['-c', core, 'wrk', ...how, `http://127.0.0.1:${port}`], {
      timeoutMs: (shape.seconds + 60) * 1000,
    });
    const match = /^RESULT ([\d.]+) ([\d.]+) ([\d.]+) (\d+)$/m.exec(text);
    if (match === null) throw new Error(`wrk said nothing: ${text.slice(-300)}`);
    const [perSecond = 0, p50Ms = 0, p99Ms = 0, failed = 0] = match.slice(1).map(Number);
    return { perSecond, p50Ms, p99Ms, failed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
