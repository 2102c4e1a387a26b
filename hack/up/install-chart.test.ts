import { expect, test } from 'vitest';
import type { Kubectl } from '../cluster/kubectl.ts';
import { parseSettings } from '../settings.ts';
import { installChart } from './install-chart.ts';

const references = { operator: 'r/o:1', api: 'r/a:1', builder: 'r/b:1', server: 'r/s:1' };
// `true` in the place of helm: what matters here is what is done around it.
const installation = { references, sampleData: false, helm: '/bin/true' };
const user = { name: 'batman', home: '/home/batman' };

/** A cluster that has the Secrets given, and remembers what it was told. */
function aCluster(secrets: { model?: string; releases?: Record<string, string> } = {}) {
  const told: string[] = [];
  const kubectl: Kubectl = {
    run: async (args, input) => {
      told.push([...args, ...(input === undefined ? [] : [JSON.parse(input).metadata.name])].join(' '));
      return '';
    },
    attempt: async (args) => {
      if (!args.includes('get')) told.push(args.join(' '));
      return { ok: secrets.model !== undefined, stdout: secrets.model ?? '', stderr: '' };
    },
    get: async () => ({
      items: Object.entries(secrets.releases ?? {}).map(([name, status]) => ({
        metadata: { name, labels: { status } },
      })),
    }),
  };
  return { kubectl, told };
}

const aModel = parseSettings({ OPENAI_API_KEY: 'k', FAIBRIC_MODEL: 'm' }, user);
const restart = expect.stringContaining('rollout restart deployment/faibric-operator');
const secretApplied = expect.stringContaining('faibric-model');

test('without a model in the environment no Secret is touched', async () => {
  const { kubectl, told } = aCluster({ model: 'somebody else made it' });
  await installChart(parseSettings({}, user), kubectl, installation);
  expect(told).toEqual(['apply -f - faibric-system']);
});

test('a first model is there before the operator, which needs no restart', async () => {
  const { kubectl, told } = aCluster();
  await installChart(aModel, kubectl, installation);
  expect(told).toContainEqual(secretApplied);
  expect(told).not.toContainEqual(restart);
});

test('another model restarts the operator', async () => {
  const { kubectl, told } = aCluster({ model: '"faibric.dev/digest": "of another"' });
  await installChart(aModel, kubectl, installation);
  expect(told).toContainEqual(secretApplied);
  expect(told).toContainEqual(restart);
});

test('the record of a release that was never finished is removed, and no other', async () => {
  const { kubectl, told } = aCluster({
    releases: { v1: 'superseded', v2: 'deployed', v3: 'pending-upgrade' },
  });
  await installChart(parseSettings({}, user), kubectl, installation);
  expect(told.filter((line) => line.startsWith('delete'))).toEqual(['delete secret -n faibric-system v3']);
});
