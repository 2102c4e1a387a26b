// Quiet means quiet: with apps that are Ready and nobody doing anything, nothing is written for a minute, and
// memory stays within what is promised. The minute is the thing that is tested, not a wait for something.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { applyApp, deleteMadeApps, uniqueName, waitReady } from './lib/apps.ts';
import { CHILD_KINDS } from './lib/children.ts';
import { APPS, getJson, SYSTEM } from './lib/kubectl.ts';
import { podMemory } from './lib/memory.ts';

const APPS_WANTED = Number(process.env.FAIBRIC_IDLE_APPS ?? 20);
const names = Array.from({ length: APPS_WANTED }, () => uniqueName('idle'));

const versions = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({ name: z.string(), resourceVersion: z.string() }),
    }),
  ),
});

/** What every object of the apps stands at; a write by anybody moves one of these. */
async function snapshot(): Promise<Map<string, string>> {
  const kinds = ['faibricapps', 'faibricrevisions', 'pods', ...CHILD_KINDS];
  const { items } = versions.parse(await getJson([kinds.join(','), '-n', APPS]));
  return new Map(items.map(({ kind, metadata }) => [`${kind}/${metadata.name}`, metadata.resourceVersion]));
}

beforeAll(async () => {
  for (const name of names) await applyApp(name, { prompt: 'A list of stamps with name and year' });
  for (const name of names) await waitReady(name, 240);
});

afterAll(deleteMadeApps);

test(`idle with ${APPS_WANTED} apps, nothing of them is written for a minute`, async () => {
  // The last rollout may still be settling: its ReplicaSet and endpoints write for some seconds.
  await pause(10_000);
  const before = await snapshot();
  await pause(60_000);
  const after = await snapshot();
  const moved = [...after].filter(([key, version]) => before.get(key) !== version).map(([key]) => key);
  expect(moved).toEqual([]);
});

test('each app pod holds at most 16 MiB', async () => {
  const held = (await podMemory()).filter((one) => one.namespace === APPS);
  expect(held.length).toBeGreaterThanOrEqual(APPS_WANTED);
  expect(Math.max(...held.map((one) => one.mebibytes))).toBeLessThanOrEqual(16);
});

test('the operator holds at most 200 MiB', async () => {
  const held = (await podMemory()).filter(
    (one) => one.namespace === SYSTEM && one.pod.startsWith('faibric-operator'),
  );
  expect(held).toHaveLength(1);
  expect(held[0]!.mebibytes).toBeLessThanOrEqual(200);
});
