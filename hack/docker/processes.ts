// Looks at running processes by id. A process id in an old file may belong to somebody else by now, so its name is
// always compared before it counts or is ended.
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** The command name of a process, or undefined when there is none with this id. */
export function processName(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The process id in a file when it is a live process of that name. */
export function livePid(pidFile: string, name: string): number | undefined {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number(readFileSync(pidFile, 'utf8').trim());
  return Number.isInteger(pid) && pid > 0 && processName(pid) === name ? pid : undefined;
}

/** Removes a process id file that names no such process: dockerd refuses to start beside one. */
export async function removeStalePidFile(pidFile: string, name: string): Promise<void> {
  if (livePid(pidFile, name) === undefined) await rm(pidFile, { force: true });
}

/** Ends a process by id, politely and then not; returns when it is gone. */
export async function endProcess(pid: number, name: string, graceMs: number): Promise<void> {
  if (processName(pid) !== name) return;
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (processName(pid) === name && Date.now() < deadline) await wait(100);
  if (processName(pid) === name) {
    process.kill(pid, 'SIGKILL');
    for (let tries = 0; tries < 50 && processName(pid) === name; tries += 1) await wait(100);
  }
}
