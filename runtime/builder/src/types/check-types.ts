// Types and names of an app, by TypeScript's native compiler as a process of its own. The options are lenient on
// purpose: correct programs of many styles must pass (claim V15), so null and implicit any are not judged; what is
// found is a wrong name, property, argument or import. React and our SDK have their full types.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assetPath, readAsset, tscPath } from '../assets.ts';
import type { Diagnostic } from '../findings.ts';

/** Longest time for the compiler, in milliseconds. */
const DEADLINE = 20_000;
/** Findings that say nothing about the program: unused expectations, missing declarations of side-effect imports. */
const NOT_JUDGED = new Set(['TS2578', 'TS2882', 'TS7016']);

const FINDING = /^(src\/[^(]+)\((\d+),(\d+)\): error (TS\d+): (.*)$/;

/** The compiler's options for an app. */
export function compilerOptions(): Record<string, unknown> {
  const paths = readAsset<Record<string, string>>('types', 'paths.json');
  return {
    target: 'es2022',
    lib: ['es2024', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    strict: false,
    noEmit: true,
    skipLibCheck: true,
    isolatedModules: true,
    allowImportingTsExtensions: true,
    noUncheckedSideEffectImports: false,
    types: [],
    paths: Object.fromEntries(
      Object.entries(paths).map(([name, file]) => [name, [assetPath('types', file)]]),
    ),
  };
}

/** Findings in the compiler's output; further lines of a message are joined to it. */
export function parseTypeFindings(output: string): Diagnostic[] {
  const findings: Diagnostic[] = [];
  for (const line of output.split('\n')) {
    const match = FINDING.exec(line);
    const last = findings.at(-1);
    if (match) {
      const [, file = '', row, column, code = '', message = ''] = match;
      findings.push({ check: 'types', code, message, file, line: Number(row), column: Number(column) });
    } else if (last && line.startsWith('  ')) {
      last.message = `${last.message} ${line.trim()}`.slice(0, 1000);
    }
  }
  return findings.filter((one) => !NOT_JUDGED.has(one.code));
}

async function writeProject(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  await writeFile(
    join(directory, 'src/styles.d.ts'),
    "declare module '*.css' {\n  const classes: Record<string, string>;\n  export default classes;\n}\n",
  );
  const config = { compilerOptions: compilerOptions(), include: ['src'] };
  await writeFile(join(directory, 'tsconfig.json'), JSON.stringify(config));
}

/** Checks the types of an app; `directory` is an empty folder to work in. */
export async function checkTypes(
  directory: string,
  files: Readonly<Record<string, string>>,
): Promise<Diagnostic[]> {
  await writeProject(directory, files);
  return await new Promise((resolve, reject) => {
    // One short run on a few files: without collection and threads it costs half the processor time.
    const env = { GOGC: 'off', GOMEMLIMIT: '512MiB' };
    const options = {
      cwd: directory,
      env,
      timeout: DEADLINE,
      killSignal: 'SIGKILL',
      maxBuffer: 8 << 20,
    } as const;
    execFile(tscPath(), ['-p', '.', '--pretty', 'false', '--singleThreaded'], options, (error, stdout) => {
      const findings = parseTypeFindings(stdout);
      if (!error || findings.length > 0 || error.code === 2 || error.code === 1) return resolve(findings);
      if (!error.killed) return reject(error);
      const message = 'The type check took longer than 20 s; simplify the types.';
      resolve([{ check: 'types', code: 'types_timeout', message }]);
    });
  });
}
