// `npm run bench -- gateway`: hits of the gateway's cache a second, beside nginx's proxy cache with the same bytes, in one run on one
// machine. Both take turns, three rounds at 16 and 64 connections; the figures are medians. Needs wrk and nginx
// (apt-get install wrk nginx-light).
import { percentile } from '../statistics.ts';
import { type LoadResult, luaTable, luaText, runWrk } from '../wrk.ts';
import type { CacheContestant } from './contestant.ts';
import { startFaibric } from './faibric.ts';
import { startNginx } from './nginx.ts';

const CONNECTIONS = [16, 64];
const ROUNDS = 3;
const BODY = '{"service":"yahoo_finance","action":"quote","symbols":["AAPL","MSFT","NVDA"]}';

/** One figure of the table: medians over the rounds. */
export interface GatewayRow extends LoadResult {
  readonly contestant: string;
  readonly connections: number;
}

const script = ({ headers }: CacheContestant): string => `
wrk.method = "POST"
wrk.body = ${luaText(BODY)}
wrk.headers = ${luaTable({ ...headers, 'content-type': 'application/json' })}
wrk.path = "/api/gateway/"
`;

const middle = (results: readonly LoadResult[], pick: (one: LoadResult) => number): number =>
  percentile(results.map(pick), 0.5);

const sum = (contestant: string, connections: number, results: readonly LoadResult[]): GatewayRow => ({
  contestant,
  connections,
  perSecond: middle(results, ({ perSecond }) => perSecond),
  p50Ms: middle(results, ({ p50Ms }) => p50Ms),
  p99Ms: middle(results, ({ p99Ms }) => p99Ms),
  failed: results.reduce((total, { failed }) => total + failed, 0),
});

const measureAt = async (
  contestants: readonly CacheContestant[],
  connections: number,
  seconds: number,
): Promise<GatewayRow[]> => {
  const results = contestants.map((): LoadResult[] => []);
  for (const one of contestants) await runWrk(one.port, script(one), { connections, seconds: 2 });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [i, one] of contestants.entries())
      results[i]?.push(await runWrk(one.port, script(one), { connections, seconds }));
  }
  return contestants.map(({ name }, i) => sum(name, connections, results[i] ?? []));
};

const line = ({ contestant, connections, perSecond, p50Ms, p99Ms, failed }: GatewayRow): string =>
  `${contestant.padEnd(20)}${String(connections).padStart(3)} connections${perSecond.toFixed(0).padStart(8)}/s` +
  `  p50 ${p50Ms.toFixed(2)} ms  p99 ${p99Ms.toFixed(2)} ms${failed === 0 ? '' : `  ${failed} FAILED`}`;

/** Runs the bench; each figure is the median of three runs of `seconds`. */
export const benchGateway = async (
  seconds: number,
  say: (line: string) => void,
): Promise<readonly GatewayRow[]> => {
  const faibric = await startFaibric(BODY);
  const running: CacheContestant[] = [faibric];
  const rows: GatewayRow[] = [];
  try {
    const nginx = await startNginx(faibric.answer, BODY);
    running.push(nginx);
    say(
      `hits of one answer of ${Buffer.byteLength(faibric.answer)} bytes; one process each, wrk on a core of its own`,
    );
    for (const connections of CONNECTIONS) {
      const found = await measureAt([nginx, faibric], connections, seconds);
      for (const row of found) say(line(row));
      const [theirs, ours] = found;
      say(`  Faibric over nginx: ${((ours?.perSecond ?? 0) / (theirs?.perSecond ?? 1)).toFixed(2)}x`);
      rows.push(...found);
    }
    return rows;
  } finally {
    for (const one of running) await one.stop();
  }
};
