import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { clearState, readState, updateState } from './state.ts';

const stateDir = mkdtempSync(join(tmpdir(), 'faibric-state-'));
afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

const nothing = { cluster: false, registry: false, builder: false, network: false };

test('without a file nothing is ours', async () => {
  expect(await readState(stateDir)).toEqual(nothing);
});

test('changes add up, and no half-written file is left', async () => {
  await updateState(stateDir, { registry: true });
  await updateState(stateDir, { cluster: true, httpPort: 8080 });
  expect(await readState(stateDir)).toEqual({ ...nothing, registry: true, cluster: true, httpPort: 8080 });
  expect(readdirSync(stateDir)).toEqual(['state.json']);
});

test('changes made side by side lose none', async () => {
  await Promise.all([updateState(stateDir, { cluster: true }), updateState(stateDir, { builder: true })]);
  expect(await readState(stateDir)).toMatchObject({ cluster: true, builder: true });
});

test('a damaged file is an error that names it', async () => {
  await updateState(stateDir, {});
  writeFileSync(join(stateDir, 'state.json'), '{"cluster": tr');
  await expect(readState(stateDir)).rejects.toThrow(/state\.json cannot be read\. Remove it/);
});

test('cleared, nothing is ours', async () => {
  await updateState(stateDir, { cluster: true });
  await clearState(stateDir);
  expect(await readState(stateDir)).toEqual(nothing);
});
