// Writes the pages under docs/ that are made from the source: claims with their tests, and errors. With `--check` it writes
// nothing and fails when a page is not what the source says. A claim without a test fails both ways.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeClaimsPage } from './claims-index.ts';
import { makeErrorsPage } from './errors-page.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

const { text, missing } = await makeClaimsPage();
if (missing.length > 0) {
  console.error(`no test is named after: ${missing.join(', ')}`);
  process.exitCode = 1;
}
for (const [path, made] of Object.entries({
  'docs/spec/claims.md': text,
  'docs/reference/errors.md': makeErrorsPage(),
})) {
  if (!check) await writeFile(join(root, path), made);
  else if ((await readFile(join(root, path), 'utf8').catch(() => '')) !== made) {
    console.error(`${path} is not what the source says: run npm run generate`);
    process.exitCode = 1;
  }
}
