// The published access rules on a real API server: lists keyed by collection are merged by name there, so a rule that
// is taken back must really go.
import { expect, it } from 'vitest';
import { useWorld } from './test/harness.ts';
import { createApp, getApp, patchApp, until, untilSettled } from './test/reads.ts';
import { THINGS_ACCESS } from './test/stand-ins.ts';

const at = useWorld();
const FORM = { read: 'owner', create: 'anyone', update: 'owner', delete: 'owner' } as const;

it('an app publishes the rules of its plan under the owner’s, and goes back when those are taken away', async () => {
  await createApp(at.client, 'rules');
  await untilSettled(at.client, 'rules');
  const access = async () => (await getApp(at.client, 'rules')).status?.access;
  const planned = { collection: 'things', ...THINGS_ACCESS };
  expect(await access()).toEqual([planned]);

  const own = [
    { collection: 'things', ...FORM },
    { collection: 'letters', ...FORM },
  ];
  await patchApp(at.client, 'rules', { spec: { access: own } });
  await until('the owner’s rules hold', async () => (await access())?.length === 2);
  expect(await access()).toEqual([own[1], own[0]]);

  await patchApp(at.client, 'rules', { spec: { access: null } });
  await until('the plan’s rules hold again', async () => (await access())?.length === 1);
  expect(await access()).toEqual([planned]);
  // Rules are no new work: nothing is asked of an engine again.
  expect([at.script.analyzed, at.script.generated, at.script.exported]).toEqual([1, 1, 1]);
});
