// Writes every generated file: the CRDs (here and in the chart) and the reasons table in the docs.
// `--check` writes nothing and exits 1 when a file differs from what would be written.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { stringify } from 'yaml';
import { makeCrds } from './make-crd.ts';
import { REASONS } from './reasons.ts';

const root = join(import.meta.dirname, '..', '..');
const HEADER = '# GENERATED from crds/src by `npm run generate`. Do not edit.\n';

const reasonsPage = (): string =>
  [
    '<!-- GENERATED from crds/src/reasons.ts by `npm run generate`. Do not edit. -->',
    '# Reasons',
    '',
    'Every reason that a condition of a FaibricApp or FaibricRevision may carry. The list is closed.',
    '',
    '| reason | meaning and remedy |',
    '| --- | --- |',
    ...Object.entries(REASONS).map(([reason, meaning]) => `| \`${reason}\` | ${meaning} |`),
    '',
  ].join('\n');

const generated = (): Map<string, string> => {
  const files = new Map<string, string>();
  for (const [name, crd] of Object.entries(makeCrds())) {
    const yaml = HEADER + stringify(crd, { lineWidth: 110, aliasDuplicateObjects: false });
    files.set(join(root, 'crds', name), yaml);
    files.set(join(root, 'charts', 'faibric', 'files', 'crds', name), yaml);
  }
  return files.set(join(root, 'docs', 'spec', 'reasons.md'), reasonsPage());
};

const main = async (check: boolean): Promise<void> => {
  for (const [path, content] of generated()) {
    const current = await readFile(path, 'utf8').catch(() => '');
    if (current === content) continue;
    if (check) {
      console.error(`${relative(root, path)} is out of date: run npm run generate`);
      process.exitCode = 1;
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    console.log(`wrote ${relative(root, path)}`);
  }
};

await main(process.argv.includes('--check'));
