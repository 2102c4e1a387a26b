import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lacksSysResource, runcWrapper } from './runc-wrapper.ts';

const folder = mkdtempSync(join(tmpdir(), 'faibric-runc-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['000001ffffffffff', false],
  ['000001fffeffffff', true],
  ['0000000000000000', true],
])('of the capabilities %s the machine lacks CAP_SYS_RESOURCE: %s', (mask, lacks) => {
  expect(lacksSysResource(mask)).toBe(lacks);
});

const wrapper = join(folder, 'wrapper');
const fakeBin = join(folder, 'bin');
mkdirSync(fakeBin);
writeFileSync(join(fakeBin, 'runc'), '#!/bin/sh\necho "runc $*"\n');
writeFileSync(wrapper, runcWrapper);
for (const file of [wrapper, join(fakeBin, 'runc')]) chmodSync(file, 0o755);

const caps = '{"bounding":["CAP_CHOWN","CAP_SYS_RESOURCE","CAP_KILL"],"effective":["CAP_SYS_RESOURCE"]}';
const runWrapper = (...args: string[]) =>
  execFileSync(wrapper, args, { env: { PATH: `${fakeBin}:/usr/bin:/bin` } })
    .toString()
    .trim();

test.each([
  ['create --bundle DIR name', ['create', '--bundle', folder, 'name'], 'config.json'],
  ['create --bundle=DIR name', ['create', `--bundle=${folder}`, 'name'], 'config.json'],
  ['exec --process FILE name', ['exec', '--process', join(folder, 'process.json'), 'name'], 'process.json'],
])('%s drops the one capability and passes everything on', (_, args, file) => {
  writeFileSync(join(folder, file), caps);
  expect(runWrapper(...args)).toBe(`runc ${args.join(' ')}`);
  expect(JSON.parse(readFileSync(join(folder, file), 'utf8'))).toEqual({
    bounding: ['CAP_CHOWN', 'CAP_KILL'],
    effective: [],
  });
});

test('a call that names no file is passed on as it is', () => {
  expect(runWrapper('list', '--format', 'json')).toBe('runc list --format json');
});
