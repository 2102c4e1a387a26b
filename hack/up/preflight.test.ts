import { expect, test } from 'vitest';
import { goProgramSets } from '../tools/go-modules.ts';
import type { Machine } from './machine.ts';
import { compareVersions, planLines, preflight } from './preflight.ts';

const GiB = 1024 ** 3;

const aMachine = (overrides: Partial<Machine> = {}): Machine => ({
  platform: 'linux',
  arch: 'x64',
  isRoot: true,
  engine: '28.0.0',
  dockerd: true,
  initSystem: false,
  distribution: 'debian',
  go: '1.26.8',
  goMayUpdate: false,
  mode: 'pull',
  goSetsToBuild: [],
  treesToBuild: 0,
  imagesToBuild: 0,
  cluster: 'missing',
  clusterPort: undefined,
  port: 'free',
  freeBytes: 100 * GiB,
  ...overrides,
});

const bare = aMachine({
  engine: undefined,
  dockerd: false,
  mode: 'build',
  goSetsToBuild: Object.values(goProgramSets),
  treesToBuild: 2,
  imagesToBuild: 15,
});

test.each([
  ['a machine with Docker and registries', aMachine()],
  ['a bare Debian as root', bare],
  [
    'a running cluster of ours that holds the port',
    aMachine({ cluster: 'running', clusterPort: 80, port: 'taken' }),
  ],
  ['an old Go that may fetch a new one', { ...bare, go: '1.21.0', goMayUpdate: true }],
])('%s is good enough', (_, machine) => {
  expect(preflight(machine, { httpPort: 80 })).toEqual([]);
});

test.each([
  ['no engine and not root', { ...bare, isRoot: false }, /run this as root/],
  ['no engine on another distribution', { ...bare, distribution: 'fedora' }, /only on Debian and Ubuntu/],
  ['no engine on a Mac', aMachine({ engine: undefined, platform: 'darwin' }), /Start Docker Desktop/],
  [
    'nothing to pull and not Linux',
    aMachine({ mode: 'build', platform: 'darwin' }),
    /only be built on Linux/,
  ],
  ['no Go where something must be built', { ...bare, go: undefined }, /Install Go 1\.26\.8/],
  ['a Go that is too old', { ...bare, go: '1.25.9' }, /too old/],
  ['a taken port', aMachine({ port: 'taken' }), /FAIBRIC_HTTP_PORT=8080/],
  [
    'a cluster on another port',
    aMachine({ cluster: 'running', clusterPort: 8080 }),
    /FAIBRIC_HTTP_PORT=8080/,
  ],
  ['too little disk', aMachine({ freeBytes: 3 * GiB }), /Only 3\.0 GiB .* 8\.0 GiB are needed/],
  ['too little disk to compile', { ...bare, freeBytes: 20 * GiB }, /25\.0 GiB are needed/],
  ['a processor that nothing is built for', aMachine({ arch: 'ppc64' }), /ppc64/],
])('%s is said with a remedy', (_, machine, message) => {
  expect(preflight(machine, { httpPort: 80 }).join('\n')).toMatch(message);
});

test('every problem is said at once', () => {
  expect(
    preflight({ ...bare, isRoot: false, go: undefined, port: 'taken', freeBytes: GiB }, { httpPort: 80 }),
  ).toHaveLength(4);
});

test('the plan of a bare machine names each long part and the whole time', () => {
  const plan = planLines(bare).join('\n');
  expect(plan).toMatch(/install the Docker engine/);
  expect(plan).toMatch(/compile kube-apiserver.* \(about 8 min 0 s\)/);
  expect(plan).toMatch(/All in all about 2\d min/);
});

test('the plan of a running cluster is short', () => {
  expect(planLines(aMachine({ cluster: 'running' }))).toEqual([
    'build what has changed of Faibric and install it',
  ]);
});

test.each([
  ['1.26.8', '1.26.8', 0],
  ['1.26.10', '1.26.8', 1],
  ['1.25', '1.26.8', -1],
  ['2.0', '1.99.99', 1],
])('%s against %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});
