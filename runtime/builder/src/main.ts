// faibric-check IN OUT: the program of the build sandbox. It exits 0 whatever it finds, because findings are its result
// and a failed build step would lose them; it exits 2 only when called wrongly.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { check } from './check.ts';

const [, , inDir, outDir] = process.argv;
if (!inDir || !outDir) {
  process.stderr.write(
    'usage: faibric-check IN OUT\n  IN   folder with app.json and src/\n  OUT  folder for findings.json and app/\n',
  );
  process.exit(2);
}
const findings = await check(inDir, outDir);
await mkdir(join(outDir, 'app'), { recursive: true });
for (const one of findings.diagnostics) {
  process.stderr.write(
    `${one.file ?? ''}:${one.line ?? ''}:${one.column ?? ''} ${one.check}/${one.code} ${one.message}\n`,
  );
}
process.stderr.write(
  `${findings.ok ? 'ok' : 'refused'} ${JSON.stringify(findings.timings)} ${JSON.stringify(findings.bundle)}\n`,
);
