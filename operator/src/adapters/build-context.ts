// The build context of one app in a directory of its own: `src/…`, `app.json`, and beside it our Dockerfile. Nothing
// that a prompt or a person wrote can be a Dockerfile, a .dockerignore or a frontend: only checked paths under src/.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuildInput } from '../ports.ts';

/** Directories of one build. */
export interface BuildContext {
  readonly context: string;
  readonly dockerfile: string;
  /** Where the findings arrive. */
  readonly output: string;
  remove(): Promise<void>;
}

// The findings and the image are two targets over one check stage, so the second build finds it cached.
const DOCKERFILE = `ARG BUILDER
ARG SERVER
FROM \${BUILDER} AS check
RUN --network=none --mount=type=bind,target=/work faibric-check /work /tmp/out
FROM scratch AS findings
COPY --from=check /tmp/out/findings.json /findings.json
FROM \${SERVER} AS image
COPY --from=check /tmp/out/app /app
`;

const SAFE_PATH = /^src\/([A-Za-z0-9_-]+\/)*[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.(ts|tsx|css)$/;

/** Writes the context. Throws on a path outside src/: the schema refuses those long before. */
export const writeBuildContext = async (input: BuildInput): Promise<BuildContext> => {
  const bad = Object.keys(input.files).find((path) => !SAFE_PATH.test(path));
  if (bad !== undefined) throw new Error(`cannot build: ${JSON.stringify(bad)} is no source path`);
  const root = await mkdtemp(join(tmpdir(), 'faibric-build-'));
  const directories = {
    context: join(root, 'context'),
    dockerfile: join(root, 'dockerfile'),
    output: join(root, 'output'),
  };
  await Promise.all(Object.values(directories).map((path) => mkdir(path)));
  for (const [path, content] of Object.entries(input.files)) {
    const target = join(directories.context, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  const { appId, revision, title, language } = input;
  await writeFile(
    join(directories.context, 'app.json'),
    `${JSON.stringify({ appId, revision, title, language })}\n`,
  );
  await writeFile(join(directories.dockerfile, 'Dockerfile'), DOCKERFILE);
  return { ...directories, remove: () => rm(root, { recursive: true, force: true }) };
};
