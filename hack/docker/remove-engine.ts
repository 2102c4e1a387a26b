// Stops an engine that `up` started and takes away what such an engine leaves behind: mounts, bridges, firewall
// rules, and the kernel's forwarding switch. Only called for an engine of ours; all its networks are ours too.
import { readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Settings } from '../settings.ts';
import { attempt } from '../shell.ts';
import { readState } from '../state/state.ts';
import { endOwnEngine } from './engine.ts';
import { enginePaths } from './engine-config.ts';
import { type EngineTraces, forwardPolicy, removalOf } from './iptables.ts';

const networks = z.array(
  z.object({
    Id: z.string(),
    Driver: z.string(),
    Options: z.record(z.string(), z.string()).nullable(),
    IPAM: z.object({ Config: z.array(z.object({ Subnet: z.string() })).nullable() }),
  }),
);

/** Bridges and subnets of the running engine. Without an answer only its default bridge is known. */
export async function engineTraces(): Promise<EngineTraces> {
  const fallback = { bridges: ['docker0'], subnets: ['172.17.0.0/16'] };
  const ids = await attempt('docker', ['network', 'ls', '--quiet', '--no-trunc'], { timeoutMs: 10_000 });
  const list = ids.stdout.split('\n').filter((id) => id !== '');
  if (!ids.ok || list.length === 0) return fallback;
  const inspected = await attempt('docker', ['network', 'inspect', ...list], { timeoutMs: 10_000 });
  if (!inspected.ok) return fallback;
  const bridges = networks
    .parse(JSON.parse(inspected.stdout))
    .filter((network) => network.Driver === 'bridge');
  return {
    bridges: bridges.map((n) => n.Options?.['com.docker.network.bridge.name'] ?? `br-${n.Id.slice(0, 12)}`),
    subnets: bridges.flatMap((n) => (n.IPAM.Config ?? []).map((config) => config.Subnet)),
  };
}

/** Mount points below a directory, innermost first, as /proc/self/mountinfo has them. */
export function mountsBelow(mountInfo: string, directory: string): string[] {
  return mountInfo
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((path) => path.startsWith(`${directory}/`) || path === directory)
    .sort((a, b) => b.length - a.length);
}

/** Stops our engine and cleans up after it. Its data (images) stay in the cache. */
export async function removeOwnEngine(settings: Settings, traces: EngineTraces): Promise<void> {
  const state = (await readState(settings.stateDir)).engine;
  const paths = enginePaths(settings);
  await endOwnEngine(paths, 30_000);
  for (const directory of [paths.execRoot, paths.dataRoot]) {
    for (const mount of mountsBelow(readFileSync('/proc/self/mountinfo', 'utf8'), directory)) {
      await attempt('umount', ['--lazy', mount]);
    }
  }
  await removeRules(traces);
  for (const bridge of traces.bridges) await attempt('ip', ['link', 'delete', bridge]);
  if (state !== undefined) await restoreForwarding(state);
  await rm('/run/faibric', { recursive: true, force: true });
  await rm(paths.socket, { force: true });
}

/** Stops an engine that `up` started as a service of the machine, with its rules and bridges. */
export async function stopService(traces: EngineTraces): Promise<void> {
  await attempt('systemctl', ['stop', 'docker.socket', 'docker.service'], { timeoutMs: 60_000 });
  await removeRules(traces);
  for (const bridge of traces.bridges) await attempt('ip', ['link', 'delete', bridge]);
}

async function removeRules(traces: EngineTraces): Promise<void> {
  for (const [save, change] of [
    ['iptables-save', 'iptables'],
    ['ip6tables-save', 'ip6tables'],
  ] as const) {
    const before = await attempt(save, []);
    for (const words of before.ok ? removalOf(before.stdout, traces) : []) await attempt(change, words);
  }
}

/** Docker turns forwarding on and its policy to DROP; both go back to what they were. */
async function restoreForwarding(before: { ipForward: string; forwardPolicy: string }): Promise<void> {
  const now = await attempt('iptables-save', []);
  if (now.ok && forwardPolicy(now.stdout) !== before.forwardPolicy) {
    await attempt('iptables', ['-P', 'FORWARD', before.forwardPolicy]);
  }
  if (before.ipForward === '0') {
    try {
      writeFileSync('/proc/sys/net/ipv4/ip_forward', '0');
    } catch {
      // A read-only /proc/sys: then it could not be switched on either.
    }
  }
}
