import { expect, test } from 'vitest';
import { forLocalCluster } from './run.ts';
import { fits, parseVersion } from './tool.ts';

test.each([
  ['{"clientVersion":{"gitVersion":"v1.35.4"}}', { major: 1, minor: 35 }],
  ['v3.20.2+gbuild', { major: 3, minor: 20 }],
  ['kind v0.33.0 go1.26.8 linux/amd64', { major: 0, minor: 33 }],
  ['command not found', undefined],
])('the version in %s', (text, version) => {
  expect(parseVersion(text)).toEqual(version);
});

test.each([
  ['kubectl', '"gitVersion": "v1.34.1"', true],
  ['kubectl', '"gitVersion": "v1.32.4-dispatcher"', false],
  ['kubectl', '"gitVersion": "v1.36.0"', true],
  ['kubectl', '"gitVersion": "v1.37.0"', false],
  ['helm', 'v3.16.1', false],
  ['helm', 'v4.0.0', true],
  ['kind', 'kind v0.30.0 go1.24', false],
  ['kind', 'kind v0.33.0 go1.26', true],
] as const)('%s that prints %s fits: %s', (name, text, fit) => {
  expect(fits(name, text)).toBe(fit);
});

test.each([
  ['kubectl', ['get', 'pods'], ['--context', 'kind-faibric', 'get', 'pods']],
  ['kubectl', ['--context', 'other', 'get', 'pods'], ['--context', 'other', 'get', 'pods']],
  ['helm', ['list'], ['--kube-context', 'kind-faibric', 'list']],
  ['helm', ['--kube-context=other', 'list'], ['--kube-context=other', 'list']],
  ['kind', ['get', 'clusters'], ['get', 'clusters']],
] as const)('%s %j is run as %j', (tool, args, run) => {
  expect(forLocalCluster(tool, args)).toEqual(run);
});
