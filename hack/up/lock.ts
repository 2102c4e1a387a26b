// One `up` or `down` at a time on a machine: two would undo each other's work. A lock whose process is gone counts
// for nothing, so a killed command blocks nobody.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { processName } from '../docker/processes.ts';

/** Takes the lock, waiting for a running command for at most forty minutes; gives the function that frees it. */
export async function takeLock(stateDir: string, say: (line: string) => void): Promise<() => void> {
  const file = join(stateDir, 'lock');
  mkdirSync(stateDir, { recursive: true });
  const deadline = Date.now() + 40 * 60_000;
  for (let told = false; Date.now() < deadline; ) {
    if (tryWrite(file)) return () => rmSync(file, { force: true });
    const holder = Number(readFileSync(file, 'utf8'));
    if (!isOurs(holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) say(`waiting for the "up" or "down" that runs as process ${holder}`);
    told = true;
    await wait(1_000);
  }
  throw new Error(`Another "up" or "down" has been running for long. If it is not, remove ${file}.`);
}

function tryWrite(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

// The id may belong to another program by now; ours run under Node.
const isOurs = (pid: number) => pid !== process.pid && /^(node|MainThread)/.test(processName(pid) ?? '');
