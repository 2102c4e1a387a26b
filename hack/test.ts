// `npm test [-- PART …]`: unit, integration, e2e, web, in that order; all of them without arguments. It brings up
// what a part needs from whatever state the machine is in, and ends with one line that counts all tests.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { ensurePackages } from './test/packages.ts';
import { addCounts, type Counts, countsOf, NO_COUNTS, summary } from './test/report.ts';

const PARTS = ['unit', 'integration', 'e2e', 'web'] as const;
type Part = (typeof PARTS)[number];

// Postgres, Redis and nginx are started by the tests themselves on loopback; Chromium opens every page; sqlmap looks for
// SQL injections.
const PACKAGES = ['postgresql-15', 'redis-server', 'chromium', 'sqlmap'] as const;

const isPart = (word: string): word is Part => (PARTS as readonly string[]).includes(word);

const step = async (title: string, command: readonly [string, ...string[]]): Promise<void> => {
  console.log(`\n── ${title}`);
  const [program, ...args] = command;
  await execa(program, args, { preferLocal: true, stdio: ['ignore', 'inherit', 'inherit'] });
};

const prepare = async (parts: readonly Part[]): Promise<void> => {
  if (parts.every((part) => part === 'unit')) return;
  await ensurePackages(PACKAGES);
  await bringUp();
};

const bringUp = async (): Promise<void> => {
  const up = ['node', 'hack/up/up.ts', '--sample-data'] as const;
  try {
    await step('bring up the cluster', up);
  } catch (error) {
    // Elsewhere the cluster may hold somebody's apps; CI's holds what a killed run left.
    if (process.env.CI !== 'true') throw error;
    await step('the cluster of a run before cannot be repaired: delete it', ['node', 'hack/down/down.ts']);
    await step('bring up a new cluster', up);
  }
};

const runPart = async (part: Part, folder: string): Promise<Counts> => {
  console.log(`\n── ${part} tests`);
  const report = join(folder, `${part}.json`);
  const { exitCode } = await execa(
    'vitest',
    ['run', '--project', part, '--reporter', 'default', '--reporter', 'json', '--outputFile', report],
    { preferLocal: true, stdio: ['ignore', 'inherit', 'inherit'], reject: false },
  );
  const text = await readFile(report, 'utf8').catch(() => undefined);
  return countsOf(text, exitCode === 0);
};

const main = async (words: readonly string[]): Promise<void> => {
  const unknown = words.filter((word) => !isPart(word));
  if (unknown.length > 0) {
    console.error(`no such part: ${unknown.join(', ')}; the parts are ${PARTS.join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const parts = words.length > 0 ? words.filter(isPart) : PARTS;
  const folder = await mkdtemp(join(tmpdir(), 'faibric-test-'));
  let counts = NO_COUNTS;
  try {
    // Unit tests first: they need nothing, and a failure there is known in seconds.
    if (parts.includes('unit')) counts = addCounts(counts, await runPart('unit', folder));
    await prepare(parts);
    for (const part of parts.filter((name) => name !== 'unit')) {
      counts = addCounts(counts, await runPart(part, folder));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\n${summary(counts)}`);
  if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
};

await main(process.argv.slice(2));
