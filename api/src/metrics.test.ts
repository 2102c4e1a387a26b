import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeMetrics } from './metrics.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/reference/metrics.md'), 'utf8');
const pool = { totalCount: 5, idleCount: 3, waitingCount: 2 };
const metrics = makeMetrics({ process: true });
metrics.observe({ projects: () => 7, streams: () => 1, pools: { documents: pool } });

test('what is measured is exactly what the page lists', async () => {
  const listed = [...page.matchAll(/^\| `(faibric_\w+)` \| ([^|]*)\|/gm)].map((row) => row[1]);
  const measured = (await metrics.registry.getMetricsAsJSON())
    .map(({ name }) => name)
    .filter((name) => name.startsWith('faibric_'));
  expect(listed.sort()).toEqual(measured.sort());
});

test('gauges read their source when they are asked', async () => {
  const text = await metrics.registry.metrics();
  expect(text).toContain('faibric_api_projects 7');
  expect(text).toContain('faibric_api_database_connections{pool="documents",state="in_use"} 2');
  expect(text).toContain('faibric_api_database_connections{pool="documents",state="idle"} 3');
  expect(text).toContain('faibric_api_database_waiting{pool="documents"} 2');
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
});
