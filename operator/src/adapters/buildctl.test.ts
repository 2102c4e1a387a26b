// The builder with a script in buildctl's place: what enters the context, what arguments it gets, and that it ends when
// it shall. The real one is tried end to end on the cluster.
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBuildContext } from './build-context.ts';
import { createBuildctlBuilder } from './buildctl.ts';

const input = {
  appId: 'k3x9q2',
  revision: 3,
  title: 'Plants </title>',
  files: { 'src/App.tsx': 'export default 1;', 'src/parts/list.tsx': 'x' },
};

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faibric-test-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const builderOf = async (script: string, over: { timeoutSeconds?: number } = {}) => {
  const program = join(directory, `buildctl-${Math.floor(performance.now() * 1000)}`);
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
  return createBuildctlBuilder({
    program,
    address: 'tcp://buildkit:1234',
    tlsDirectory: '/tls',
    builderImage: 'builder',
    serverImage: 'server',
    pushPrefix: 'push.test/apps',
    pullPrefix: 'pull.test/apps',
    insecure: true,
    timeoutSeconds: over.timeoutSeconds ?? 30,
  });
};

const never = new AbortController().signal;
// Finds the value of an argument `--name=value` in a shell script's own arguments.
const argument = (name: string) =>
  `for a in "$@"; do case "$a" in ${name}=*) v="\${a#${name}=}";; esac; done`;

describe('the context', () => {
  it('holds the source and who it is for, and the Dockerfile is outside of it', async () => {
    const dirs = await writeBuildContext(input);
    expect(await readFile(join(dirs.context, 'src/parts/list.tsx'), 'utf8')).toBe('x');
    expect(JSON.parse(await readFile(join(dirs.context, 'app.json'), 'utf8'))).toEqual({
      appId: 'k3x9q2',
      revision: 3,
      title: 'Plants </title>',
    });
    const dockerfile = await readFile(join(dirs.dockerfile, 'Dockerfile'), 'utf8');
    expect(dockerfile).toContain('--network=none');
    expect(dockerfile).not.toContain('Plants');
    await dirs.remove();
  });

  it.each([
    'Dockerfile',
    '../x.ts',
    'src/../../x.ts',
    '/etc/x.ts',
    'src/.npmrc',
    'src/a\0.ts',
    '.dockerignore',
  ])('refuses the path %j', async (path) => {
    await expect(writeBuildContext({ ...input, files: { [path]: '' } })).rejects.toThrow('no source path');
  });
});

describe('the builder', () => {
  it('reads the findings', async () => {
    const findings = JSON.stringify({
      ok: true,
      diagnostics: [],
      timings: { types: 1 },
      bundle: { bytes: 10, gzip: 5 },
    });
    const script = `${argument('--output')}; echo '${findings}' > "\${v#type=local,dest=}/findings.json"`;
    const prepared = await (await builderOf(script)).prepare(input, { signal: never });
    expect(await prepared.check()).toEqual({
      ok: true,
      value: { ok: true, diagnostics: [], bundle: { bytes: 10, gzip: 5 } },
    });
    await prepared.dispose();
  });

  it('gives the image by digest, under the name to pull it by', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const script = `${argument('--metadata-file')}; echo '{"containerimage.digest":"${digest}"}' > "$v"`;
    const prepared = await (await builderOf(script)).prepare(input, { signal: never });
    expect(await prepared.exportImage()).toEqual({ ok: true, value: `pull.test/apps/k3x9q2@${digest}` });
    await prepared.dispose();
  });

  it('connects with certificates, names the frontend itself, and passes no setting on', async () => {
    const script = 'echo "$@" > "$0.args"; env > "$0.env"; exit 1';
    process.env.FAIBRIC_TEST_SECRET = 'sk-secret';
    const builder = await builderOf(script);
    const prepared = await builder.prepare(input, { signal: never });
    await prepared.exportImage();
    await prepared.dispose();
    const { readdir } = await import('node:fs/promises');
    const names = (await readdir(directory)).filter(
      (name) => name.endsWith('.args') || name.endsWith('.env'),
    );
    const [args = '', env = ''] = await Promise.all(
      names.sort().map((name) => readFile(join(directory, name), 'utf8')),
    );
    expect(args).toContain('--tlscacert /tls/ca.pem --tlscert /tls/cert.pem --tlskey /tls/key.pem');
    expect(args).toContain('--frontend=dockerfile.v0');
    expect(args).toContain('name=push.test/apps/k3x9q2:r3,push=true,registry.insecure=true');
    expect(env).not.toContain('sk-secret');
    delete process.env.FAIBRIC_TEST_SECRET;
  });

  it('hands on each line as it is printed, and keeps the log all the same', async () => {
    const lines: string[] = [];
    const script = 'exec >&2; echo "#1 load"; echo "#2 checks"; printf "error: broken"; exit 1';
    const io = { signal: never, onLine: (line: string) => lines.push(line) };
    const prepared = await (await builderOf(script)).prepare(input, io);
    expect(await prepared.exportImage()).toMatchObject({ log: expect.stringContaining('#2 checks') });
    expect(lines).toEqual(['#1 load', '#2 checks', 'error: broken']);
    await prepared.dispose();
  });

  it('ends a build that hangs', async () => {
    const prepared = await (await builderOf('exec sleep 600', { timeoutSeconds: 1 })).prepare(input, {
      signal: never,
    });
    expect(await prepared.check()).toMatchObject({ ok: false, reason: 'BuildTimeout' });
    await prepared.dispose();
  });

  it('ends a build that is no longer wanted', async () => {
    const stop = new AbortController();
    const prepared = await (await builderOf('exec sleep 600')).prepare(input, { signal: stop.signal });
    const end = prepared.check();
    stop.abort();
    expect(await end).toMatchObject({ ok: false, reason: 'Cancelled' });
    await prepared.dispose();
  });

  it('says that there is no buildctl', async () => {
    const builder = createBuildctlBuilder({
      program: join(directory, 'nothing'),
      address: 'tcp://x:1',
      tlsDirectory: undefined,
      builderImage: 'b',
      serverImage: 's',
      pushPrefix: 'p',
      pullPrefix: 'p',
      insecure: false,
      timeoutSeconds: 5,
    });
    const prepared = await builder.prepare(input, { signal: never });
    expect(await prepared.check()).toMatchObject({ ok: false, reason: 'BuildUnavailable' });
    await prepared.dispose();
  });

  it('tells a registry that is away from a build that failed, with the end of the log', async () => {
    const script = 'echo "error: failed to solve: failed to push x: connection refused" >&2; exit 1';
    const prepared = await (await builderOf(script)).prepare(input, { signal: never });
    expect(await prepared.exportImage()).toMatchObject({
      ok: false,
      reason: 'RegistryUnavailable',
      log: expect.stringContaining('failed to push'),
    });
    await prepared.dispose();
  });
});
