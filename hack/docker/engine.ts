// The Docker engine: uses one that answers as it is, and otherwise installs the distribution's and starts it. An
// engine that answers is never reconfigured; one that `up` started is remembered, so that `down` can stop it.
import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Settings } from '../settings.ts';
import { attempt, run, whereIs } from '../shell.ts';
import { readState, updateState } from '../state/state.ts';
import { daemonConfig, type EnginePaths, enginePaths } from './engine-config.ts';
import { forwardPolicy } from './iptables.ts';
import { endProcess, livePid, removeStalePidFile } from './processes.ts';
import { runcWrapper, thisMachineLacksSysResource } from './runc-wrapper.ts';

type Say = (line: string) => void;

const startLimitMs = 60_000;

/** The version of the engine that answers, or undefined. A client without an engine counts as none. */
export async function engineVersion(): Promise<string | undefined> {
  const outcome = await attempt('docker', ['version', '--format', '{{.Server.Version}}'], {
    timeoutMs: 10_000,
  });
  const version = outcome.stdout.trim();
  return outcome.ok && /^\d/.test(version) ? version : undefined;
}

/** Whether an init system is there that starts services. */
export const hasInitSystem = () => existsSync('/run/systemd/system');

/** Makes sure an engine answers; gives its version. */
export async function ensureEngine(settings: Settings, say: Say): Promise<string> {
  const there = await engineVersion();
  if (there !== undefined) return there;
  const installed = await installEngine(say);
  if (hasInitSystem() && !(await readState(settings.stateDir)).engine?.started) {
    say('starting the Docker service');
    await updateState(settings.stateDir, { service: true });
    await run('systemctl', ['start', 'docker'], { timeoutMs: startLimitMs });
  } else {
    await startOwnEngine(settings, installed, say);
  }
  const version = await engineVersion();
  if (version === undefined) throw new Error('The Docker engine was started but does not answer.');
  return version;
}

/** Installs the distribution's engine when there is none; says whether it did. */
async function installEngine(say: Say): Promise<boolean> {
  if ((await whereIs('dockerd')) !== undefined) return false;
  say('installing docker.io from the distribution');
  await installPackages(['docker.io', 'iptables'], say);
  return true;
}

/** Installs packages of the distribution. A lock held by another apt is waited for. */
export async function installPackages(packages: readonly string[], say: Say): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const lock = ['-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', [...lock, 'update'], { env, timeoutMs: 300_000, onLine: say });
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  await run('apt-get', [...lock, ...install], { env, timeoutMs: 900_000, onLine: say });
}

async function startOwnEngine(settings: Settings, installed: boolean, say: Say): Promise<void> {
  const paths = enginePaths(settings);
  // An engine that lives but does not answer is beyond repair; half of one would block the new one.
  await endOwnEngine(paths, 5_000);
  await rememberEngine(settings, { installed });
  const withWrapper = thisMachineLacksSysResource();
  await mkdir(dirname(paths.configFile), { recursive: true });
  await mkdir(paths.execRoot, { recursive: true });
  await mkdir(paths.dataRoot, { recursive: true });
  await writeFile(paths.configFile, `${JSON.stringify(daemonConfig(paths, withWrapper), null, 2)}\n`);
  await writeFile(paths.wrapper, runcWrapper);
  await chmod(paths.wrapper, 0o755);
  say(
    `starting the Docker engine${withWrapper ? ' (without CAP_SYS_RESOURCE, which this machine lacks)' : ''}`,
  );
  const log = openSync(paths.log, 'a');
  const child = spawn(
    (await whereIs('dockerd')) ?? '/usr/sbin/dockerd',
    ['--config-file', paths.configFile],
    {
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  child.on('error', () => undefined); // a missing program shows as "does not answer", with the log
  child.unref();
  await waitForEngine(paths);
  await rememberEngine(settings, { installed, pid: child.pid });
}

/** Remembers how the machine was before our engine first ran; a restart must not overwrite that. */
async function rememberEngine(settings: Settings, engine: { installed: boolean; pid?: number | undefined }) {
  const before = (await readState(settings.stateDir)).engine;
  const save = (await attempt('iptables-save', [])).stdout;
  const ipForward = (await readFile('/proc/sys/net/ipv4/ip_forward', 'utf8')).trim();
  await updateState(settings.stateDir, {
    engine: {
      started: true,
      dataRoot: enginePaths(settings).dataRoot,
      installed: engine.installed || (before?.installed ?? false),
      ipForward: before?.ipForward ?? ipForward,
      forwardPolicy: before?.forwardPolicy ?? forwardPolicy(save),
      ...(engine.pid === undefined ? {} : { pid: engine.pid }),
    },
  });
}

async function waitForEngine(paths: EnginePaths): Promise<void> {
  const deadline = Date.now() + startLimitMs;
  while (Date.now() < deadline) {
    if ((await engineVersion()) !== undefined) return;
    await wait(250);
  }
  const tail = (await readFile(paths.log, 'utf8').catch(() => '')).trim().split('\n').slice(-8).join('\n');
  throw new Error(
    `The Docker engine did not start within ${startLimitMs / 1000} s. The end of ${paths.log}:\n${tail}`,
  );
}

/** Ends our dockerd and its containerd, and removes process id files that a kill has left. */
export async function endOwnEngine(paths: EnginePaths, graceMs: number): Promise<void> {
  const containerdPid = `${paths.execRoot}/containerd/containerd.pid`;
  const dockerd = livePid(paths.pidFile, 'dockerd');
  if (dockerd !== undefined) await endProcess(dockerd, 'dockerd', graceMs);
  const containerd = livePid(containerdPid, 'containerd');
  if (containerd !== undefined && livePid(paths.pidFile, 'dockerd') === undefined && dockerd !== undefined) {
    await endProcess(containerd, 'containerd', 5_000);
  }
  await removeStalePidFile(paths.pidFile, 'dockerd');
  await removeStalePidFile(containerdPid, 'containerd');
}
