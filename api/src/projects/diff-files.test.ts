// Unified diffs: what a person reads and `patch` can apply.
import { applyPatch } from 'diff';
import { describe, expect, test } from 'vitest';
import { diffFiles } from './diff-files.ts';

const file = (path: string, ...lines: string[]) => ({
  path,
  content: lines.map((line) => `${line}\n`).join(''),
});

describe('differences between two sets of files', () => {
  test.each([
    [
      'a changed line comes with context',
      [file('src/App.tsx', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i')],
      [file('src/App.tsx', 'a', 'b', 'c', 'd', 'E', 'f', 'g', 'h', 'i')],
      '--- a/src/App.tsx\n+++ b/src/App.tsx\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
      [1, 1],
    ],
    [
      'a new file is all plus',
      [],
      [file('src/new.ts', 'one', 'two')],
      '--- /dev/null\n+++ b/src/new.ts\n@@ -0,0 +1,2 @@\n+one\n+two\n',
      [2, 0],
    ],
    [
      'a file that is gone is all minus',
      [file('src/old.ts', 'one')],
      [],
      '--- a/src/old.ts\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-one\n',
      [0, 1],
    ],
  ])('%s', (_name, before, after, patch, [added, removed]) => {
    const [diff] = diffFiles(before, after);
    expect(diff).toMatchObject({ patch, added, removed });
  });

  test('equal files are not mentioned', () => {
    expect(
      diffFiles(
        [file('src/a.ts', 'x'), file('src/b.ts', 'y')],
        [file('src/b.ts', 'y'), file('src/a.ts', 'x')],
      ),
    ).toEqual([]);
  });

  test('a text without a last line break keeps saying so', () => {
    const [diff] = diffFiles(
      [{ path: 'src/a.ts', content: 'a\nb' }],
      [{ path: 'src/a.ts', content: 'a\nc' }],
    );
    expect(diff?.patch).toContain('\\ No newline at end of file');
    expect(applyPatch('a\nb', diff?.patch ?? '')).toBe('a\nc');
  });

  test('the hardest pair of files takes a bounded time and is still a true diff', () => {
    const noise = (seed: number): string =>
      Array.from({ length: 20_000 }, (_, i) => String((i * 7919 + seed * 104_729) % 9973)).join('\n');
    const before = `${noise(1)}\n`;
    const after = `${noise(2)}\n`;
    const [diff] = diffFiles([{ path: 'src/a.ts', content: before }], [{ path: 'src/a.ts', content: after }]);
    expect(applyPatch(before, diff?.patch ?? '')).toBe(after);
  });
});
