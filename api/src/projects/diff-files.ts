// The difference between two sets of files, as unified diffs. Time is bounded: source comes from models, and the worst
// case of a line diff is quadratic. Past the bound a file is shown as wholly replaced, which is true if not minimal.
import { type StructuredPatch, structuredPatch } from 'diff';
import type { FileDiff } from '../contract/revision.ts';

/** Source files: path and text. */
export type Files = readonly { readonly path: string; readonly content: string }[];

const CONTEXT = 3;
const MOST_MS_PER_FILE = 50;

const linesOf = (text: string): string[] => {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

type Hunks = StructuredPatch['hunks'];

const replaced = (before: string, after: string): Hunks => {
  const [old, next] = [linesOf(before), linesOf(after)];
  return [
    {
      oldStart: old.length === 0 ? 0 : 1,
      oldLines: old.length,
      newStart: next.length === 0 ? 0 : 1,
      newLines: next.length,
      lines: [...old.map((line) => `-${line}`), ...next.map((line) => `+${line}`)],
    },
  ];
};

const hunksOf = (before: string, after: string): Hunks => {
  if (before === '' || after === '') return replaced(before, after);
  const options = { context: CONTEXT, timeout: MOST_MS_PER_FILE };
  const found = structuredPatch('', '', before, after, undefined, undefined, options);
  return found?.hunks ?? replaced(before, after);
};

const textOf = ({ oldStart, oldLines, newStart, newLines, lines }: Hunks[number]): string =>
  `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@\n${lines.join('\n')}\n`;

const diffFile = (path: string, before: string | undefined, after: string | undefined): FileDiff => {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const hunks = hunksOf(before ?? '', after ?? '');
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  const head = `--- ${before === undefined ? '/dev/null' : `a/${path}`}\n+++ ${after === undefined ? '/dev/null' : `b/${path}`}\n`;
  return {
    path,
    kind,
    added: count('+'),
    removed: count('-'),
    patch: head + hunks.map(textOf).join(''),
  };
};

/** What differs, by path. */
export const diffFiles = (before: Files, after: Files): FileDiff[] => {
  const old = new Map(before.map(({ path, content }) => [path, content]));
  const next = new Map(after.map(({ path, content }) => [path, content]));
  const paths = [...new Set([...old.keys(), ...next.keys()])].sort();
  return paths
    .filter((path) => old.get(path) !== next.get(path))
    .map((path) => diffFile(path, old.get(path), next.get(path)));
};
