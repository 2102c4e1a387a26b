// Logs of buildctl as they were seen, and what they mean.
import { expect, it } from 'vitest';
import { classifyFailure, errorLine } from './buildctl-failure.ts';

it.each([
  [
    'a daemon that is away',
    'error: listing workers for Build: failed to list workers: Unavailable: connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:1: connect: connection refused"',
    'BuildUnavailable',
  ],
  [
    'a name that is not known',
    'error: failed to dial: lookup faibric-buildkit: no such host',
    'BuildUnavailable',
  ],
  [
    'a certificate that is not taken',
    'error: failed to list workers: tls: bad certificate',
    'BuildUnavailable',
  ],
  [
    'a daemon that died',
    'error: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF',
    'BuildUnavailable',
  ],
  [
    'a full disk',
    'error: failed to solve: write /var/lib/buildkit/x: no space left on device',
    'BuildUnavailable',
  ],
  [
    'a registry that is away at the push',
    'error: failed to solve: failed to push kind-registry:5000/a/b:r1: failed to do request: Head "http://kind-registry:5000/v2/": dial tcp 172.18.0.2:5000: connect: connection refused',
    'RegistryUnavailable',
  ],
  [
    'a registry that is away for the base image',
    'error: failed to solve: kind-registry:5000/faibric/builder:x: failed to resolve source metadata for kind-registry:5000/faibric/builder:x: failed to do request',
    'RegistryUnavailable',
  ],
  [
    'a registry that answers 500',
    'error: failed to solve: failed to push x: unexpected status from PUT request to http://r/v2/: 500',
    'RegistryUnavailable',
  ],
  [
    'a check that was killed',
    '#6 ERROR: process "faibric-check /work /tmp/out" did not complete successfully: exit code: 137\nerror: failed to solve: process "faibric-check /work /tmp/out" did not complete successfully: exit code: 137',
    'BuildFailed',
  ],
  ['nothing at all', '', 'BuildFailed'],
])('%s', (_what, log, reason) => {
  expect(classifyFailure(log).reason).toBe(reason);
});

it('says the last error and not what led to it', () => {
  expect(errorLine('#1 loading\n#2 ERROR: first\nerror: failed to solve: last')).toBe(
    'failed to solve: last',
  );
});
