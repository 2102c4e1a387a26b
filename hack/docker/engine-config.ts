// The configuration of an engine that `up` starts itself. All its data lies under our cache directory, so nothing of
// it mixes with an engine that the machine may get later.
import { join } from 'node:path';

/** Paths of an engine of ours. The socket is the usual one, so that `docker` and `kind` find it. */
export type EnginePaths = {
  readonly dataRoot: string;
  readonly execRoot: string;
  readonly pidFile: string;
  readonly socket: string;
  readonly configFile: string;
  readonly wrapper: string;
  readonly log: string;
};

/** Where the parts of our engine lie. */
export function enginePaths(directories: { cacheDir: string; stateDir: string }): EnginePaths {
  const own = join(directories.stateDir, 'engine');
  return {
    dataRoot: join(directories.cacheDir, 'engine'),
    execRoot: '/run/faibric/docker',
    pidFile: '/run/faibric/docker.pid',
    socket: '/var/run/docker.sock',
    configFile: join(own, 'daemon.json'),
    wrapper: join(own, 'runc-without-sys-resource'),
    log: join(own, 'dockerd.log'),
  };
}

/** The daemon's configuration file; the wrapper becomes the default runtime only where it is needed. */
export function daemonConfig(paths: EnginePaths, withWrapper: boolean): Record<string, unknown> {
  return {
    'data-root': paths.dataRoot,
    'exec-root': paths.execRoot,
    pidfile: paths.pidFile,
    hosts: [`unix://${paths.socket}`],
    'log-driver': 'json-file',
    'log-opts': { 'max-size': '10m', 'max-file': '2' },
    'shutdown-timeout': 15,
    ...(withWrapper ? { 'default-runtime': 'faibric', runtimes: { faibric: { path: paths.wrapper } } } : {}),
  };
}
