// The load: wrk with one thread on one core, so that it takes the same share of the machine whoever is measured. Ids and
// categories change with each request; an answer that is not 2xx spoils the figure and is counted.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../shell.ts';
import { CATEGORIES, type Contestant, type Workload } from './contestant.ts';

/** What a run gave. */
export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failed: number;
}

const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const script = ({ headers, ids, requests }: Contestant, workload: Workload): string => {
  const { method, path, body = '' } = requests[workload];
  const all = { ...headers, ...(body === '' ? {} : { 'content-type': 'application/json' }) };
  return `
local ids = { ${ids.slice(0, 2_000).map(quote).join(', ')} }
local headers = {}
${Object.entries(all)
  .map(([name, value]) => `headers[${quote(name)}] = ${quote(value)}`)
  .join('\n')}
local n = 0
local function fill(text)
  return (text:gsub("{id}", ids[n % #ids + 1]):gsub("{category}", tostring(n % ${CATEGORIES})):gsub("{n}", tostring(n)))
end
request = function()
  n = n + 1
  return wrk.format(${quote(method)}, fill(${quote(path)}), headers, fill(${quote(body)}))
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %f %f %f %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
`;
};

/** Runs a workload for so many seconds at so many connections. */
export const runLoad = async (
  contestant: Contestant,
  workload: Workload,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<LoadResult> => {
  const folder = await mkdtemp(join(tmpdir(), 'faibric-load-'));
  try {
    const file = join(folder, 'load.lua');
    await writeFile(file, script(contestant, workload));
    const core = String(availableParallelism() - 1);
    const args = [
      '-c',
      core,
      'wrk',
      '-t1',
      `-c${connections}`,
      `-d${seconds}s`,
      '--timeout',
      '10s',
      '-s',
      file,
    ];
    const text = await run('taskset', [...args, `http://127.0.0.1:${contestant.port}`], {
      timeoutMs: (seconds + 60) * 1000,
    });
    const match = /^RESULT ([\d.]+) ([\d.]+) ([\d.]+) (\d+)$/m.exec(text);
    if (match === null) throw new Error(`wrk said nothing: ${text.slice(-300)}`);
    const [perSecond = 0, p50Ms = 0, p99Ms = 0, failed = 0] = match.slice(1).map(Number);
    return { perSecond, p50Ms, p99Ms, failed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
