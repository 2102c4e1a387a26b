// Reading the compiler's and the linter's output: places in the app's own files, messages of several lines joined.
import { describe, expect, test } from 'vitest';
import { parseRuleFindings } from './check-rules.ts';
import { parseTypeFindings } from './check-types.ts';

describe('the compiler', () => {
  test('gives file, line, column and the whole message', () => {
    const output = [
      "src/App.tsx(3,7): error TS2322: Type 'string' is not assignable to type 'number'.",
      "  The expected type comes from property 'x'.",
      "src/parts/A_b.ts(1,1): error TS2304: Cannot find name 'y'.",
      '/types/react/index.d.ts(1,1): error TS1000: Not the app’s.',
      '',
    ].join('\n');
    const [first, second, ...rest] = parseTypeFindings(output);
    expect(first).toEqual({
      check: 'types',
      code: 'TS2322',
      message: "Type 'string' is not assignable to type 'number'. The expected type comes from property 'x'.",
      file: 'src/App.tsx',
      line: 3,
      column: 7,
    });
    expect(second).toMatchObject({ file: 'src/parts/A_b.ts', code: 'TS2304' });
    expect(rest).toEqual([]);
  });
  test.each(['TS2578', 'TS2882', 'TS7016'])('%s is not judged', (code) => {
    expect(parseTypeFindings(`src/App.tsx(1,1): error ${code}: x`)).toEqual([]);
  });
});

test('the linter gives the rule as code, and its parse errors are left to the compiler', () => {
  const label = { span: { line: 5, column: 9 } };
  const output = JSON.stringify({
    diagnostics: [
      { message: 'Hooks go first.', code: 'react(rules-of-hooks)', filename: 'src/App.tsx', labels: [label] },
      { message: 'Unexpected token', filename: 'src/App.tsx', labels: [label] },
    ],
  });
  expect(parseRuleFindings(output)).toEqual([
    {
      check: 'types',
      code: 'rules_of_hooks',
      message: 'Hooks go first.',
      file: 'src/App.tsx',
      line: 5,
      column: 9,
    },
  ]);
});
