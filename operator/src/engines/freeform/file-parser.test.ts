// The parser gives the same files however the answer is split.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFileParser } from './file-parser.ts';

function parse(pieces: readonly string[]) {
  const parser = makeFileParser();
  const begun = pieces.flatMap((piece) => parser.push(piece));
  return { ...parser.end(), begun };
}

const ANSWER =
  'Sure!\n<file path="src/App.tsx">\nconst a = `</file> is text`;\n</file>\ntalk\n<file path="src/b.ts">\n```ts\nx\n```\n</file>';

test.each([
  [
    'a whole answer',
    ANSWER,
    { 'src/App.tsx': 'const a = `</file> is text`;\n', 'src/b.ts': 'x\n' },
    undefined,
  ],
  ['line ends of Windows', '<file path="src/a.ts">\r\nx\r\n</file>\r\n', { 'src/a.ts': 'x\n' }, undefined],
  ['an open file', '<file path="src/a.ts">\nx\n', {}, 'src/a.ts'],
  [
    'a file that comes twice: the last counts',
    '<file path="src/a.ts">\n1\n</file>\n<file path="src/a.ts">\n2\n</file>',
    { 'src/a.ts': '2\n' },
    undefined,
  ],
  [
    'a name that would reach the prototype',
    '<file path="__proto__">\nx\n</file>',
    JSON.parse('{"__proto__": "x\\n"}'),
    undefined,
  ],
  ['no file at all', 'no', {}, undefined],
])('reads %s', (_what, text, files, open) => {
  const parsed = parse([text]);
  expect(Object.entries(parsed.files)).toEqual(Object.entries(files));
  expect(parsed.open).toBe(open);
});

test('any split gives the same files and the same beginnings', () => {
  const whole = parse([ANSWER]);
  fc.assert(
    fc.property(fc.array(fc.nat(ANSWER.length), { maxLength: 20 }), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), ANSWER.length];
      const pieces = at.slice(1).map((end, i) => ANSWER.slice(at[i], end));
      expect(parse(pieces)).toEqual(whole);
    }),
  );
});
