// Characters that make source read otherwise than it runs (claim V11): bidirectional overrides anywhere, invisible and
// look-alike characters in names. Text in any language, emoji sequences and right-to-left marks stay allowed.
import type { Diagnostic } from '@faibric/crds';
import { findingAt, type Parsed, walk } from './syntax.ts';

type Range = readonly [number, number];
// Controls but tab, LF and CR; then overrides, embeddings and isolates (Trojan Source, CVE-2021-42574).
const CONTROLS: readonly Range[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x7f],
  [0x202a, 0x202e],
  [0x2066, 0x2069],
];
// Tag characters are fine only where they continue a flag (U+1F3F4: England, Scotland, Wales).
const TAGS: Range = [0xe0000, 0xe007f];
const FLAG = 0x1f3f4;
const INVISIBLE: readonly Range[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x115f, 0x1160],
  [0x200b, 0x200f],
  [0x2060, 0x2064],
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
];
const LATIN = /\p{Script=Latin}/u;
const LOOKALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

const within = (code: number, [first, last]: Range): boolean => code >= first && code <= last;
const shown = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

function findUnseen(text: string): { offset: number; code: number } | undefined {
  let inFlag = false;
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.codePointAt(offset) ?? 0;
    const isTag = within(code, TAGS);
    if ((isTag && !inFlag) || CONTROLS.some((range) => within(code, range))) return { offset, code };
    inFlag = code === FLAG || isTag;
    if (code > 0xffff) offset += 1; // the second half of the pair
  }
  return undefined;
}

/** Finding on the first unseen control character of any file, style sheets too. */
export function checkUnseen(path: string, text: string): Diagnostic[] {
  const found = findUnseen(text);
  if (!found) return [];
  const message = `Control character ${shown(found.code)}: source may not hold characters that change how it reads.`;
  return [findingAt({ path, text }, found.offset, { check: 'parse', code: 'unseen_character', message })];
}

function complaint(name: string): string | undefined {
  const codes = [...name].map((c) => c.codePointAt(0) ?? 0);
  const unseen = codes.find((code) => INVISIBLE.some((range) => within(code, range)));
  if (unseen !== undefined) return `A name holds the invisible character ${shown(unseen)}.`;
  if (!LATIN.test(name)) return undefined;
  const alike = LOOKALIKE.exec(name);
  return alike
    ? `A name mixes Latin letters with the look-alike ${shown(alike[0].codePointAt(0) ?? 0)}.`
    : undefined;
}

/** Findings on names with invisible or look-alike characters. */
export function checkNames(file: Parsed): Diagnostic[] {
  const findings: Diagnostic[] = [];
  walk(file.program, (node) => {
    const isName =
      node.type === 'Identifier' || node.type === 'JSXIdentifier' || node.type === 'PrivateIdentifier';
    const message = isName && typeof node.name === 'string' ? complaint(node.name) : undefined;
    if (message)
      findings.push(findingAt(file, node.start, { check: 'parse', code: 'misleading_name', message }));
  });
  return findings;
}
