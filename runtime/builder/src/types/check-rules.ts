// The rules of React's hooks, by oxlint: a hook after an early return or inside a condition renders well once and
// crashes at the first change, which no render check sees. Nothing about style is judged.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod/mini';
import { oxlintPath } from '../assets.ts';
import type { Diagnostic } from '../findings.ts';

const CONFIG = {
  plugins: ['react'],
  categories: { correctness: 'off' },
  rules: { 'react/rules-of-hooks': 'error', 'react/jsx-no-undef': 'error' },
};

const report = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      code: z.optional(z.string()),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.number(), column: z.number() }) })),
    }),
  ),
});

/** Findings in the linter's report. */
export function parseRuleFindings(output: string): Diagnostic[] {
  return report.parse(JSON.parse(output)).diagnostics.flatMap((one) => {
    const span = one.labels[0]?.span;
    const code = one.code?.match(/\(([^)]+)\)/)?.[1];
    if (code === undefined) return []; // its parser's own complaint, which the compiler has too
    const place = span ? { line: span.line, column: span.column } : {};
    return {
      check: 'types',
      code: code.replaceAll('-', '_'),
      message: one.message,
      file: one.filename,
      ...place,
    };
  });
}

/** Lints the app's files; `directory` is an empty folder to work in. */
export async function checkRules(
  directory: string,
  files: Readonly<Record<string, string>>,
): Promise<Diagnostic[]> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  await writeFile(join(directory, 'oxlint.json'), JSON.stringify(CONFIG));
  const args = [oxlintPath(), '-c', 'oxlint.json', '-f', 'json', '--disable-nested-config', 'src'];
  return await new Promise((resolve, reject) => {
    const options = { cwd: directory, timeout: 20_000, killSignal: 'SIGKILL', maxBuffer: 8 << 20 } as const;
    execFile(process.execPath, args, options, (error, stdout) => {
      if (stdout.startsWith('{')) return resolve(parseRuleFindings(stdout));
      reject(error ?? new Error('the linter said nothing'));
    });
  });
}
