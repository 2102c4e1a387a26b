// `npm run check`: everything that can be known without a cluster, side by side, in under a minute. Each check
// prints only when it fails, so the output is the list of things to mend.
import { availableParallelism } from 'node:os';
import { execa } from 'execa';

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const CHECKS: readonly Check[] = [
  {
    name: 'unit tests',
    command: ['vitest', 'run', '--project', 'unit', '--reporter', 'dot', '--maxWorkers', '100%'],
  },
  { name: 'format and lint', command: ['biome', 'ci', '--error-on-warnings', '.'] },
  { name: 'types: crds', command: ['tsc', '-p', 'crds'] },
  { name: 'types: operator', command: ['tsc', '-p', 'operator'] },
  { name: 'types: api', command: ['tsc', '-p', 'api'] },
  { name: 'types: web', command: ['tsc', '-p', 'web'] },
  { name: 'types: runtime', command: ['tsc', '-p', 'runtime'] },
  { name: 'types: hack', command: ['tsc', '-p', 'hack'] },
  {
    name: 'import rules',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'crds',
      'operator',
      'api',
      'web',
      'runtime',
      'hack',
    ],
  },
  { name: 'unused code', command: ['knip', '--no-progress', '--treat-config-hints-as-errors'] },
  { name: 'workspaces', command: ['sherif'] },
  { name: 'generated files', command: ['node', 'crds/src/generate.ts', '--check'] },
  { name: 'generated pages', command: ['node', 'hack/generate-docs.ts', '--check'] },
  { name: 'file sizes', command: ['node', 'hack/check-sizes.ts'] },
];

const runCheck = async ({ name, command: [program, ...args] }: Check): Promise<boolean> => {
  const started = performance.now();
  const options = {
    preferLocal: true,
    reject: false,
    all: true,
    stdin: 'ignore',
    env: { NO_COLOR: '1' },
  } as const;
  const result = await execa(program, args, options);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const ok = result.exitCode === 0;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (!ok) console.log(`${result.all}\n`);
  return ok;
};

/** Runs all checks, at most one per core at a time; true when all passed. */
const runAll = async (): Promise<boolean> => {
  const waiting = [...CHECKS];
  let passed = true;
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      if (!(await runCheck(check))) passed = false;
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  return passed;
};

if (!(await runAll())) process.exitCode = 1;
