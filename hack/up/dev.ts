// `npm run dev`: Tilt on the local cluster, for working on Faibric itself. The cluster must be up.
import { spawn } from 'node:child_process';
import { names } from '../settings.ts';
import { whereIs } from '../shell.ts';

const tilt = await whereIs('tilt');
if (tilt === undefined) {
  console.error(
    'Tilt is not installed. Get it from https://docs.tilt.dev/install.html, then run "npm run up" and "npm run dev".\n' +
      'Without Tilt, "npm run up" after a change builds and installs just what changed.',
  );
  process.exitCode = 1;
} else {
  const root = new URL('../../', import.meta.url).pathname;
  const child = spawn(tilt, ['up', '--context', names.context, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  child.on('close', (code) => {
    process.exitCode = code ?? 1;
  });
}
