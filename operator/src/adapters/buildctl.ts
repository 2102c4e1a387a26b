// Builds through the buildctl program. It can hang for ever when the daemon dies, so every run has a deadline of ours
// that ends it and its children; its log is kept to a few kilobytes.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { diagnostic } from '@faibric/crds';
import { execa } from 'execa';
import { z } from 'zod';
import type { Builder, BuildInput, BuildIo, BuildOutcome, Findings, PreparedBuild } from '../ports.ts';
import { type BuildContext, writeBuildContext } from './build-context.ts';
import { classifyFailure } from './buildctl-failure.ts';

/** How to reach BuildKit and the registry. */
export interface BuildctlOptions {
  readonly program: string;
  readonly address: string;
  /** Directory with ca.pem, cert.pem and key.pem; none without TLS. */
  readonly tlsDirectory: string | undefined;
  readonly builderImage: string;
  readonly serverImage: string;
  readonly pushPrefix: string;
  readonly pullPrefix: string;
  /** The registry speaks plain http. */
  readonly insecure: boolean;
  readonly timeoutSeconds: number;
}

const findings = z.object({
  ok: z.boolean(),
  diagnostics: z.array(diagnostic),
  bundle: z.object({ bytes: z.int(), gzip: z.int() }).optional(),
});

const pushed = z.object({ 'containerimage.digest': z.string().regex(/^sha256:[0-9a-f]{64}$/) });

const LOG_BYTES = 64 * 1024;

const connectionArguments = ({ address, tlsDirectory }: BuildctlOptions): string[] => {
  if (tlsDirectory === undefined) return ['--addr', address];
  const file = (name: string) => join(tlsDirectory, name);
  return [
    '--addr',
    address,
    '--tlscacert',
    file('ca.pem'),
    '--tlscert',
    file('cert.pem'),
    '--tlskey',
    file('key.pem'),
  ];
};

const buildArguments = (
  options: BuildctlOptions,
  dirs: BuildContext,
  { target, output }: { target: string; output: string },
): string[] => [
  ...connectionArguments(options),
  'build',
  '--progress=plain',
  '--frontend=dockerfile.v0',
  `--local=context=${dirs.context}`,
  `--local=dockerfile=${dirs.dockerfile}`,
  `--opt=target=${target}`,
  `--opt=build-arg:BUILDER=${options.builderImage}`,
  `--opt=build-arg:SERVER=${options.serverImage}`,
  // Same source, same digest: no time of day in the image.
  '--opt=build-arg:SOURCE_DATE_EPOCH=0',
  `--output=${output}`,
];

interface Running extends BuildIo {
  readonly options: BuildctlOptions;
}

/** Hands on whole lines; the rest of what was printed stays for the log. */
const follow = (output: Readable | undefined, onLine: BuildIo['onLine']): void => {
  if (!output || !onLine) return;
  createInterface({ input: output, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
};

/** Runs buildctl to its end or ours. */
const run = async (
  { options, signal, onLine }: Running,
  args: readonly string[],
): Promise<BuildOutcome<undefined>> => {
  const running = execa(options.program, args, {
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout: options.timeoutSeconds * 1000,
    killSignal: 'SIGTERM',
    forceKillAfterDelay: 2000,
    cancelSignal: signal,
    maxBuffer: LOG_BYTES * 16,
    // No setting of the operator's, and above all no key, is buildctl's business.
    env: { PATH: process.env.PATH, HOME: '/tmp' },
    extendEnv: false,
  });
  follow(running.all, onLine);
  const result = await running;
  if (result.exitCode === 0) return { ok: true, value: undefined };
  const log = (result.all ?? '').slice(-LOG_BYTES);
  if (result.isCanceled || signal.aborted) {
    return { ok: false, reason: 'Cancelled', message: 'The build was stopped.', log };
  }
  if (result.timedOut) {
    const message = `The build passed its deadline of ${options.timeoutSeconds} s and was stopped.`;
    return { ok: false, reason: 'BuildTimeout', message, log };
  }
  if (result.code === 'ENOENT') {
    const message = `BuildKit cannot be used: there is no program ${options.program}.`;
    return { ok: false, reason: 'BuildUnavailable', message, log };
  }
  return { ok: false, ...classifyFailure(log), log };
};

const check = async (running: Running, dirs: BuildContext): Promise<BuildOutcome<Findings>> => {
  const args = buildArguments(running.options, dirs, {
    target: 'findings',
    output: `type=local,dest=${dirs.output}`,
  });
  const end = await run(running, args);
  if (!end.ok) return end;
  const text = await readFile(join(dirs.output, 'findings.json'), 'utf8');
  return { ok: true, value: findings.parse(JSON.parse(text)) };
};

const exportImage = async (
  running: Running,
  dirs: BuildContext,
  input: BuildInput,
): Promise<BuildOutcome<string>> => {
  const { pushPrefix, pullPrefix, insecure } = running.options;
  const name = `${pushPrefix}/${input.appId}:r${input.revision}`;
  const metadata = join(dirs.output, 'metadata.json');
  const output = [
    'type=image',
    `name=${name}`,
    'push=true',
    ...(insecure ? ['registry.insecure=true'] : []),
  ].join(',');
  await mkdir(dirs.output, { recursive: true });
  const args = [
    ...buildArguments(running.options, dirs, { target: 'image', output }),
    `--metadata-file=${metadata}`,
  ];
  const end = await run(running, args);
  if (!end.ok) return end;
  const digest = pushed.parse(JSON.parse(await readFile(metadata, 'utf8')))['containerimage.digest'];
  return { ok: true, value: `${pullPrefix}/${input.appId}@${digest}` };
};

const prepare = async (options: BuildctlOptions, input: BuildInput, io: BuildIo): Promise<PreparedBuild> => {
  const dirs = await writeBuildContext(input);
  const running: Running = { options, ...io };
  return {
    check: () => check(running, dirs),
    exportImage: () => exportImage(running, dirs, input),
    dispose: () => dirs.remove(),
  };
};

/** Makes a builder that runs buildctl. */
export const createBuildctlBuilder = (options: BuildctlOptions): Builder => ({
  prepare: (input, io) => prepare(options, input, io),
});
