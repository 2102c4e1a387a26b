// Holds ARCHITECTURE §8.5: no source file is longer than 300 lines. Lint has no rule for it in our version.
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';

const LIMIT = 300;
const { stdout } = await execa('git', [
  ...['ls-files', '--cached', '--others', '--exclude-standard'],
  ...['*.ts', '*.tsx', '*.css', ':!**/corpus/**'],
]);
for (const path of stdout.split('\n').filter(Boolean)) {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.split('\n').length - 1;
  if (lines <= LIMIT) continue;
  console.error(`${path} has ${lines} lines; split it by what it is about (at most ${LIMIT})`);
  process.exitCode = 1;
}
