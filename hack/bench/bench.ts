// `npm run bench -- live [--apps 20]` measures on the running cluster; `db`, `gateway` and `kill` start what they need themselves. Each prints
// a table and writes bench-results/NAME.json (not kept in Git). More benches are added to the table below.
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchDb } from './db/bench-db.ts';
import { benchGateway } from './gateway/bench-gateway.ts';
import { benchKill } from './kill.ts';
import { benchLive, type LiveResult } from './live.ts';
import { benchProjects } from './projects.ts';
import type { Summary } from './statistics.ts';

const SECONDS = 8;
const KILLS = 300;
const RESULTS = new URL('../../bench-results/', import.meta.url);

function row(name: string, { median, p95, least, most }: Summary): string {
  const cells = [median, p95, least, most].map((ms) => `${(ms / 1000).toFixed(2)} s`.padStart(10));
  return `${name.padEnd(22)}${cells.join('')}`;
}

function printLive(result: LiveResult): void {
  const head = `${''.padEnd(22)}${['median', 'p95', 'least', 'most'].map((word) => word.padStart(10)).join('')}`;
  console.log(
    `\n${result.apps} apps, one after the other, from accepted to HTTP 200 through Traefik\n\n${head}`,
  );
  for (const [phase, summary] of Object.entries(result.phases)) console.log(row(`  ${phase}`, summary));
  console.log(row('total', result.total));
  console.log(row('control (no Faibric)', result.control));
  console.log(`\nmedian over control: ${result.ratioToControl.toFixed(1)}x`);
}

async function live(apps: number): Promise<LiveResult> {
  const result = await benchLive(apps, console.log);
  printLive(result);
  return result;
}

const BENCHES: Record<string, (apps: number) => Promise<unknown>> = {
  live,
  db: () => benchDb(SECONDS, console.log),
  gateway: () => benchGateway(SECONDS, console.log),
  kill: () => benchKill(KILLS, console.log),
  projects: () => benchProjects(console.log),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { apps: { type: 'string', default: '20' } },
});
const name = positionals[0] ?? 'live';
const bench = BENCHES[name];
const apps = Number(values.apps);
if (bench === undefined || !Number.isInteger(apps) || apps < 1) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join('|')} [--apps COUNT]`);
  process.exit(2);
}
const result = await bench(apps);
await mkdir(RESULTS, { recursive: true });
await writeFile(
  new URL(`${name}.json`, RESULTS),
  `${JSON.stringify({ at: new Date().toISOString(), result }, null, 2)}\n`,
);
