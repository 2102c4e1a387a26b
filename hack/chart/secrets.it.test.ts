// Where the installed release's secrets may be seen: in Secrets, and nowhere else (claim C18, first cut). The real values
// are the canaries: they are looked for in every object, in every log, and in the environment that app pods are given.
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readSettings } from '../settings.ts';
import { attempt } from '../shell.ts';
import { forLocalCluster } from '../tools/run.ts';
import { ensureTool } from '../tools/tool.ts';

const kubectl = async (...args: readonly string[]) =>
  attempt(
    await ensureTool(readSettings(), 'kubectl', (line) => console.error(line)),
    forLocalCluster('kubectl', args),
  );

const read = async (...args: readonly string[]): Promise<string> => {
  const outcome = await kubectl(...args);
  if (!outcome.ok) throw new Error(outcome.stderr);
  return outcome.stdout;
};

const secretList = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      type: z.string(),
      data: z.record(z.string(), z.string()).default({}),
    }),
  ),
});
const podList = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string(), namespace: z.string() }) })),
});

const namespaces = ['faibric-system', 'faibric-apps', 'faibric-build'];
// What a Secret may also hold that is no secret: addresses, model names, certificates without their keys.
const open = /^(OPENAI_BASE_URL|FAIBRIC_MODEL|ca\.pem|cert\.pem)$/;
let canaries: { where: string; value: string }[];

beforeAll(async () => {
  const lists = await Promise.all(
    namespaces.map(
      async (ns) => secretList.parse(JSON.parse(await read('get', 'secrets', '-n', ns, '-o', 'json'))).items,
    ),
  );
  canaries = lists
    .flat()
    .filter(({ type }) => type === 'Opaque')
    .flatMap(({ metadata, data }) =>
      Object.entries(data)
        .filter(([key]) => !open.test(key))
        .map(([key, base64]) => ({
          where: `${metadata.name}/${key}`,
          value: Buffer.from(base64, 'base64').toString(),
        })),
    )
    .filter(({ value }) => value.length >= 12);
});

const seenIn = (text: string): string[] =>
  canaries
    .filter(({ value }) => text.includes(value) || text.includes(Buffer.from(value).toString('base64')))
    .map(({ where }) => where);

test('there are secrets to look for', () => {
  const names = canaries.map(({ where }) => where);
  expect(names).toEqual(
    expect.arrayContaining([
      'faibric-proxy/secret',
      'faibric-visitors/secret',
      'faibric-postgres/password',
      'faibric-redis/url',
    ]),
  );
});

test.each([
  'faibricapps,faibricrevisions',
  'pods,deployments,statefulsets,replicasets',
  'configmaps,services,serviceaccounts',
  'ingressroutes.traefik.io,middlewares.traefik.io',
  'events.events.k8s.io',
])('no secret is in any of %s', async (kinds) => {
  for (const ns of namespaces)
    expect(seenIn(await read('get', kinds, '-n', ns, '-o', 'json')), ns).toEqual([]);
});

test('no secret is in any log', async () => {
  for (const ns of namespaces) {
    const { items } = podList.parse(JSON.parse(await read('get', 'pods', '-n', ns, '-o', 'json')));
    for (const { metadata } of items) {
      // A pod that is just going has no log to give.
      const { stdout } = await kubectl('logs', '-n', ns, metadata.name, '--all-containers', '--tail=5000');
      expect(seenIn(stdout), metadata.name).toEqual([]);
    }
  }
});

test('Redis asks for a password', async () => {
  const answer = await read(
    'exec',
    '-n',
    'faibric-system',
    'deploy/faibric-redis',
    '--',
    'redis-cli',
    'ping',
  );
  expect(answer).toContain('NOAUTH');
});

test('Postgres asks for a password on the network', async () => {
  const pod = ['-n', 'faibric-system', 'faibric-postgres-0'];
  const address = await read('get', 'pod', ...pod, '-o', 'jsonpath={.status.podIP}');
  const query = ['psql', '-h', address, '-U', 'faibric', '-w', '-c', 'select 1'];
  const outcome = await kubectl('exec', ...pod, '--', ...query);
  expect(outcome.ok).toBe(false);
  expect(outcome.stderr).toContain('no password supplied');
});
