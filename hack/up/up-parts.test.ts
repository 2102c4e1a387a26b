import { expect, test } from 'vitest';
import { mountsBelow } from '../docker/remove-engine.ts';
import { librariesIn } from '../images/pick-files.ts';
import { parseUpArguments } from './arguments.ts';
import { isRolledOut, type Workload } from './await-ready.ts';
import { chartValues } from './install-chart.ts';
import { hostHeader } from './local-request.ts';
import { duration } from './steps.ts';

test.each([
  [[], { sampleData: false, help: false }],
  [['A plant tracker'], { sampleData: false, help: false, prompt: 'A plant tracker' }],
  [
    ['--sample-data', 'A', 'live', 'dashboard'],
    { sampleData: true, help: false, prompt: 'A live dashboard' },
  ],
  [['   '], { sampleData: false, help: false }],
  [['--', 'A shop'], { sampleData: false, help: false, prompt: 'A shop' }],
])('the words %j', (words, parsed) => {
  expect(parseUpArguments(words)).toEqual(parsed);
});

test('an unknown option is refused by name', () => {
  expect(() => parseUpArguments(['--sample'])).toThrow('--sample');
});

test.each([
  ['too short', 'ab', /at least 3/],
  ['too long', 'x'.repeat(8_001), /at most/],
  ['with control characters', 'a shop\u0007', /control characters/],
])('a prompt that is %s is refused before anything is done', (_, prompt, message) => {
  expect(() => parseUpArguments([prompt])).toThrow(message);
});

const aWorkload = (status: Partial<Workload['status']>, replicas = 1): Workload => ({
  kind: 'Deployment',
  metadata: { name: 'api', namespace: 'x', generation: 2 },
  spec: { replicas },
  status: { observedGeneration: 2, updatedReplicas: replicas, readyReplicas: replicas, replicas, ...status },
});

test.each([
  ['all pods new and ready', aWorkload({}), true],
  ['its controller has not looked yet', aWorkload({ observedGeneration: 1 }), false],
  ['an old pod still there', aWorkload({ replicas: 2 }), false],
  ['the new pod not ready', aWorkload({ readyReplicas: 0 }), false],
  ['scaled to nothing', aWorkload({}, 0), true],
])('with %s a workload is rolled out: %s', (_, workload, rolledOut) => {
  expect(isRolledOut(workload)).toBe(rolledOut);
});

test.each([
  [0, '0 ms'],
  [950, '950 ms'],
  [1_400, '1 s'],
  [119_000, '119 s'],
  [185_000, '3 min 5 s'],
])('%i ms are said as %s', (ms, said) => {
  expect(duration(ms)).toBe(said);
});

test('the Host header has the port only where it is not the usual one', () => {
  expect(hostHeader({ host: 'a.localhost', port: 80 })).toBe('a.localhost');
  expect(hostHeader({ host: 'a.localhost', port: 8080 })).toBe('a.localhost:8080');
});

test('mounts of a directory come innermost first, and those of a neighbour not at all', () => {
  const line = (path: string) => `1 2 0:3 / ${path} rw shared:1 - tmpfs tmpfs rw`;
  const info = ['/run/faibric/docker', '/run/faibric/docker/netns/a', '/run/faibric/docker-other']
    .map(line)
    .join('\n');
  expect(mountsBelow(info, '/run/faibric/docker')).toEqual([
    '/run/faibric/docker/netns/a',
    '/run/faibric/docker',
  ]);
});

test('libraries are read from what the loader lists', () => {
  const list =
    '\tlinux-vdso.so.1 (0x7f)\n\tlibc.so.6 => /lib/x/libc.so.6 (0x7f)\n\t/lib64/ld.so.2 (0x7f)\n\tlibno.so => not found';
  expect(librariesIn(list)).toEqual(['/lib/x/libc.so.6', '/lib64/ld.so.2']);
});

test('the chart gets images as strings, and port and samples as values', () => {
  const settings = {
    httpPort: 8080,
    images: 'auto',
    cacheDir: '',
    stateDir: '',
    owner: 'batman',
    model: {},
  } as const;
  const references = { operator: 'r/o:1', api: 'r/a:1', builder: 'r/b:1', server: 'r/s:1' };
  const words = chartValues(settings, { references, sampleData: true }).join(' ');
  expect(words).toContain('--set-string images.operator=r/o:1');
  expect(words).toContain('--set-string auth.single.owner=batman');
  expect(words).toContain('--set publicPort=8080 --set gateway.sampleData=true');
});
