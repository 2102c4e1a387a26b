// What the static checks say of good and bad source, claim by claim.
import { describe, expect, test } from 'vitest';
import { checkSource } from './check-source.ts';

const APP = 'export default function App() { return <p>hi</p>; }\n';
const codes = (files: Record<string, string>): string[] => checkSource(files).diagnostics.map((d) => d.code);
const app = (text: string) => codes({ 'src/App.tsx': text });
const withDefault = (line: string): string => `${line}\n${APP}`;

describe('V1 the default export', () => {
  test.each([
    ['is missing', 'export function App() { return null }', ['no_default_export']],
    ['stands in a comment only', '// export default App\nfunction App() {}', ['no_default_export']],
    ['stands in a string only', 'const s = "export default App";', ['no_default_export']],
    ['is a renamed export', 'function A() { return null }\nexport { A as default };', []],
    ['is re-exported', 'export { default } from "./App";', []],
    ['is a type only', 'type A = string; export type { A as default };', ['no_default_export']],
  ])('%s', (_name, text, expected) => expect(app(text)).toEqual(expected));
});

describe('V2, V3 imports', () => {
  test.each([
    ["import x from 'left-pad'", 'import_not_allowed'],
    ["import fs from 'node:fs'", 'import_not_allowed'],
    ["import x from 'https://esm.sh/react'", 'import_not_allowed'],
    ["import x from '/abs'", 'import_not_allowed'],
    ["import x from 'data:text/javascript,1'", 'import_not_allowed'],
    ["import x from '../../../x'", 'import_outside'],
    ["import x from 'react/../x'", 'import_subpath_not_allowed'],
    ["import x from 'date-fns/format'", 'import_subpath_not_allowed'],
    ["import x from './missing'", 'import_not_found'],
    ["export * from 'left-pad'", 'import_not_allowed'],
    ["export { a } from 'left-pad'", 'import_not_allowed'],
    ["import type { A } from 'left-pad'", 'import_not_allowed'],
    ["type A = import('left-pad').A", 'import_not_allowed'],
    ["import a = require('left-pad')", 'import_not_allowed'],
    ["void import('x' + String(1))", 'dynamic_import'],
    ["void import('left-pad')", 'import_not_allowed'],
    ["const r = require('left-pad')", 'forbidden_construct'],
    ['const g = import.meta.glob("./*")', 'forbidden_construct'],
    ['const w = new Worker(new URL("./w.ts", import.meta.url))', 'forbidden_construct'],
    ['/// <reference types="node" />', 'reference_directive'],
  ])('%s is refused as %s', (line, code) => expect(app(withDefault(line))).toContain(code));

  test('relative files, folders and .js endings resolve', () => {
    const text = withDefault(
      "import './a';import './b/c.js';import './d';import './e.css';import { Plus } from 'lucide-react'",
    );
    const files = { 'src/a.ts': '', 'src/b/c.tsx': '', 'src/d/index.ts': '', 'src/e.css': '' };
    expect(codes({ 'src/App.tsx': text, ...files })).toEqual([]);
  });
});

describe('V5, V6, V17 constructs', () => {
  test.each([
    ['eval("1")'],
    ['window.eval("1")'],
    ['globalThis["ev" + "al"]("1")'],
    ['new Function("return 1")'],
    ['setTimeout("alert(1)", 1)'],
    ['(() => {})["con" + "structor"]'],
    ['[].constructor.constructor("x")'],
    ['document.write("x")'],
    ['document.body.innerHTML = "x"'],
    ['document.body["innerHTML"] = "x"'],
    ['document.body.insertAdjacentHTML("beforeend", "x")'],
    ['const a = <div dangerouslySetInnerHTML={{ __html: "x" }} />'],
    ['const a = { dangerouslySetInnerHTML: 1 }'],
    ['const a = <a href="javascript:alert(1)">x</a>'],
    ['const a = <a href={" java\\tscript:alert(1)"}>x</a>'],
    ['const a = <iframe srcDoc="x" />'],
    ['const a = <script>1</script>'],
    ['const k = process.env.KEY'],
    ['const k = import.meta.env.SECRET'],
  ])('%s is refused', (line) => expect(app(withDefault(line))).toContain('forbidden_construct'));

  test.each([
    ['text of a book', 'const t = "JavaScript: The Good Parts"; const u = "use eval() never"'],
    ['a comment', '// eval("x") and dangerouslySetInnerHTML'],
    ['reading innerHTML length', 'const n = document.body.innerHTML.length'],
    ['its own require', 'const require = (s: string) => s; require("left-pad")'],
    ['its own process', 'const process = { env: { A: 1 } }; process.env.A'],
    ['a timer with a function', 'setTimeout(() => {}, 10)'],
    ['a class with a constructor', 'class A { constructor() {} }'],
    ['an object with a key named eval', 'const o = { eval: 1 }; o.eval'],
  ])('%s is fine', (_name, line) => expect(app(withDefault(line))).toEqual([]));
});

describe('V9 secrets', () => {
  test.each([
    ['an API key', `const k = "sk-${'a1B2'.repeat(8)}"`],
    ['an AWS key', 'const k = "AKIAIOSFODNN7EXAMPLE"'],
    ['a key in a comment', `// ghp_${'a1B2'.repeat(9)}`],
    ['a private key', 'const k = `-----BEGIN RSA PRIVATE KEY-----`'],
    [
      'a service token',
      `const k = "eyJhbGciOiJIUzI1NiJ9.${btoa('{"role":"service_role" }').replaceAll('=', '')}.abcdefghijkl"`,
    ],
  ])('%s is refused, and not repeated', (_name, line) => {
    const { diagnostics } = checkSource({ 'src/App.tsx': withDefault(line) });
    expect(diagnostics.map((d) => d.code)).toEqual(['secret']);
    expect(diagnostics[0]?.message).not.toContain('a1B2');
  });
  test.each([
    ['a CSS class', 'const k = "sk-cube-grid"'],
    ['a placeholder', 'const k = "sk-xxxxxxxxxxxxxxxxxxxxxxxx"'],
  ])('%s is fine', (_name, line) => expect(app(withDefault(line))).toEqual([]));
});

describe('V10 to V12 limits, syntax, characters, names', () => {
  test.each([
    ['an unclosed tag', 'export default () => <div>', 'syntax_error'],
    ['an unclosed string', 'const a = "x\nexport default a', 'syntax_error'],
    ['a bidirectional override', withDefault('const a = "\u202e"'), 'unseen_character'],
    ['a NUL', withDefault('const a = "\u0000"'), 'unseen_character'],
    ['tags outside a flag', withDefault('const a = "a\u{e0041}"'), 'unseen_character'],
    ['a Cyrillic letter in a Latin name', withDefault('const p\u0430ge = 1'), 'misleading_name'],
    [
      'brackets nested 90,000 deep',
      withDefault(`const a = ${'('.repeat(90_000)}1${')'.repeat(90_000)}`),
      'too_deep',
    ],
    ['a run of 100,000 prefix operators', withDefault(`const a = ${'!'.repeat(100_000)}1`), 'too_deep'],
    ['a line of 2 MB', withDefault(`const a = "${'x'.repeat(2_000_000)}"`), 'file_too_large'],
  ])('%s is refused', (_name, text, code) => expect(app(text)).toContain(code));

  test.each([
    ['a flag made of tags', 'const a = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"'],
    ['a joined emoji', 'const a = "👩‍👩‍👧"'],
    ['names in another script', 'const имя = "Анна"; const 名前 = 1; const größe = 2'],
    ['text from right to left', 'const a = "\u200fשלום"'],
  ])('%s is fine', (_name, line) => expect(app(withDefault(line))).toEqual([]));

  test('a syntax error has file, line and column of the source', () => {
    const [first] = checkSource({ 'src/App.tsx': 'const a = 1;\nconst b = ;\n' }).diagnostics;
    expect(first).toMatchObject({ check: 'parse', file: 'src/App.tsx', line: 2, column: 11 });
  });

  test.each([
    ['src/../../vite.config.ts'],
    ['/etc/x.ts'],
    ['src/a\0b.ts'],
    ['src/con.ts'],
    ['src/CON/x.ts'],
    ['src/a.json'],
    ['src/a.b.ts'],
    ['index.html'],
    ['src//a.ts'],
    [`src/${'a'.repeat(300)}.ts`],
    ['src/ünï.ts'],
  ])('%j is no allowed path', (path) =>
    expect(codes({ 'src/App.tsx': APP, [path]: '' })).toEqual(['bad_path']),
  );

  test('twins that differ in case alone, too many files and no entry are refused', () => {
    expect(codes({ 'src/App.tsx': APP, 'src/a.ts': '', 'src/A.ts': '' })).toEqual(['path_collision']);
    expect(codes({ 'src/main.ts': '' })).toEqual(['missing_entry']);
    const many = Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`src/f${i}.ts`, '']));
    expect(codes(many)).toContain('too_many_files');
    const large = Object.fromEntries(
      Array.from({ length: 6 }, (_, i) => [`src/f${i}.ts`, ' '.repeat(100_000)]),
    );
    expect(codes({ 'src/App.tsx': APP, ...large })).toContain('source_too_large');
  });
});
