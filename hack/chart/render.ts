// Renders and lints the chart with the helm that `up` uses, and gives the objects as parsed YAML. Rendering is offline:
// `lookup` finds nothing, so every generated secret is new each time.
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { readSettings } from '../settings.ts';
import { attempt, type Outcome } from '../shell.ts';
import { kubernetes } from '../tools/go-modules.ts';
import { ensureTool } from '../tools/tool.ts';

/** Folder of the chart. */
export const chartDir = join(import.meta.dirname, '..', '..', 'charts', 'faibric');

const metadata = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
});
const manifest = z.looseObject({ apiVersion: z.string(), kind: z.string(), metadata });

/** One rendered object. */
export type Manifest = z.infer<typeof manifest>;

let found: Promise<string> | undefined;

/** Runs the helm that `up` uses, on whatever cluster the arguments name. */
export const helm = async (...args: readonly string[]): Promise<Outcome> => {
  found ??= ensureTool(readSettings(), 'helm', (line) => console.error(line));
  return await attempt(await found, args, { timeoutMs: 400_000 });
};

const version = ['--kube-version', kubernetes.version.replace(/^v/, '')];

/** Runs `helm lint --strict` with a values file of the chart, or its defaults. */
export const lint = (...files: readonly string[]): Promise<Outcome> =>
  helm('lint', '--strict', chartDir, ...version, ...files.flatMap((file) => ['-f', join(chartDir, file)]));

/** Renders with settings like `traefik.enabled=false`; files stand in the chart, or have absolute paths. */
export const template = (
  settings: readonly string[] = [],
  files: readonly string[] = [],
): Promise<Outcome> => {
  const flags = [
    ...files.flatMap((file) => ['-f', resolve(chartDir, file)]),
    ...settings.flatMap((set) => ['--set', set]),
  ];
  return helm('template', 'faibric', chartDir, '-n', 'faibric-system', ...version, ...flags);
};

/** Parses rendered YAML. */
export const parseManifests = (yaml: string): Manifest[] =>
  parseAllDocuments(yaml)
    .map((document): unknown => document.toJS())
    .filter((object) => object !== null)
    .map((object) => manifest.parse(object));

/** Renders and parses; a failure to render is an error that carries helm's words. */
export const render = async (
  settings: readonly string[] = [],
  files: readonly string[] = [],
): Promise<Manifest[]> => {
  const outcome = await template(settings, files);
  if (!outcome.ok) throw new Error(outcome.stderr);
  return parseManifests(outcome.stdout);
};

/** The object of a kind and name; an error when the chart renders none. */
export const named = (objects: readonly Manifest[], kind: string, name: string): Manifest => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new Error(`no ${kind} ${name}`);
  return found;
};
