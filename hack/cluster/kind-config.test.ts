import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { fillKindConfig } from './kind-config.ts';

const original = readFileSync(new URL('../../kind-config.yaml', import.meta.url), 'utf8');

test('port and mount are filled in, and nothing else changes', () => {
  const filled = parse(fillKindConfig(original, { httpPort: 8080, certsDir: '/somewhere/certs.d' }));
  const expected = parse(original);
  expected.nodes[0].extraPortMappings[0].hostPort = 8080;
  expected.nodes[0].extraMounts[0].hostPath = '/somewhere/certs.d';
  expect(filled).toEqual(expected);
});

test('the port of the chart is the one that the host port leads to', () => {
  const values = parse(
    readFileSync(new URL('../../charts/faibric/values-kind.yaml', import.meta.url), 'utf8'),
  );
  expect(parse(original).nodes[0].extraPortMappings[0].containerPort).toBe(values.traefik.service.nodePort);
});
