// A cluster of FaibricApps in memory, with the rules of the real one that the projects API relies on: names are
// unique, a write must name the version it saw, watchers hear of every change.
import { randomUUID } from 'node:crypto';
import { API_VERSION, appSpec, type FaibricApp, type FaibricRevision, revisionSpec } from '@faibric/crds';
import { ApiError } from '../src/errors.ts';
import type { AppCache, AppChange, AppPatch, AppWriter } from '../src/projects/app-cluster.ts';
import { knownRevisionSchema, type RevisionSource } from '../src/projects/revision-source.ts';

/** The cluster, with hands for the test to act as the operator. */
export interface MemoryCluster {
  readonly cache: AppCache;
  readonly writer: AppWriter;
  /** Writes an app as the operator or kubectl would. */
  put(app: FaibricApp): void;
  get(name: string): FaibricApp | undefined;
  /** Writes a revision as the operator would. */
  putRevision(revision: FaibricRevision): void;
  readonly revisions: RevisionSource;
  setProblem(problem: string | null): void;
}

let clock = Date.parse('2026-11-23T07:00:00Z');
let version = 1;

/** An app with defaults; the parts given replace them. */
export const anApp = (parts: {
  name?: string;
  spec?: Record<string, unknown>;
  status?: FaibricApp['status'];
  metadata?: Partial<FaibricApp['metadata']>;
}): FaibricApp => {
  clock += 1000;
  version += 1;
  return {
    apiVersion: API_VERSION,
    kind: 'FaibricApp',
    metadata: {
      name: parts.name ?? 'plants-k3x9q2',
      uid: randomUUID(),
      resourceVersion: String(version),
      creationTimestamp: new Date(clock).toISOString(),
      ...parts.metadata,
    },
    spec: appSpec.parse({ prompt: 'A plant tracker', id: 'k3x9q2', ...parts.spec }),
    ...(parts.status === undefined ? {} : { status: parts.status }),
  };
};

/** A revision of an app, accepted unless its status says otherwise. */
export const aRevision = (
  app: FaibricApp,
  parts: { number?: number; spec?: Record<string, unknown>; status?: FaibricRevision['status'] } = {},
): FaibricRevision => {
  const number = parts.number ?? 1;
  clock += 1000;
  const accepted = {
    type: 'Accepted' as const,
    status: 'True' as const,
    reason: 'Succeeded' as const,
    message: 'All checks passed.',
    lastTransitionTime: new Date(clock).toISOString(),
  };
  return {
    apiVersion: API_VERSION,
    kind: 'FaibricRevision',
    metadata: {
      name: `${app.metadata.name}-r${number}`,
      uid: randomUUID(),
      resourceVersion: String(number),
      creationTimestamp: new Date(clock).toISOString(),
      ownerReferences: [
        { apiVersion: API_VERSION, kind: 'FaibricApp', name: app.metadata.name, uid: app.metadata.uid },
      ],
    },
    spec: revisionSpec.parse({
      app: app.metadata.name,
      number,
      input: `digest${number}-0`,
      engine: 'builtin',
      ...parts.spec,
    }),
    status: parts.status ?? { conditions: [accepted], image: `registry/x@sha256:${number}` },
  };
};

const withoutNulls = (members: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));

/** An app after a merge patch, as the API server would store it; refused like there when the schema does not take it. */
const patched = (app: FaibricApp, { spec = {}, annotations = {} }: AppPatch): FaibricApp => {
  const parsed = appSpec.safeParse(withoutNulls({ ...app.spec, ...spec }));
  if (!parsed.success) throw new ApiError('rejected', parsed.error.issues[0]?.message ?? '');
  version += 1;
  const metadata = { ...app.metadata, resourceVersion: String(version) };
  return {
    ...app,
    metadata: { ...metadata, annotations: withoutNulls({ ...metadata.annotations, ...annotations }) },
    spec: parsed.data,
  } as FaibricApp;
};

/** Makes an empty cluster. */
export const memoryCluster = (): MemoryCluster => {
  const apps = new Map<string, FaibricApp>();
  const revisions = new Map<string, FaibricRevision>();
  const listeners = new Set<(change: AppChange) => void>();
  let problem: string | null = null;
  const put = (app: FaibricApp): void => {
    const before = apps.get(app.metadata.name) ?? null;
    apps.set(app.metadata.name, app);
    for (const listener of listeners) listener({ name: app.metadata.name, app, before });
  };
  const writer: AppWriter = {
    create: async ({ name, spec }) => {
      if (apps.has(name)) return null;
      const parsed = appSpec.safeParse(spec);
      if (!parsed.success) throw new ApiError('rejected', parsed.error.issues[0]?.message ?? '');
      const app = anApp({ name, spec });
      put(app);
      return app;
    },
    patch: async (app, patch) => {
      const current = apps.get(app.metadata.name);
      if (current?.metadata.resourceVersion !== app.metadata.resourceVersion) return null;
      const next = patched(current, patch);
      put(next);
      return next;
    },
    read: async (name) => apps.get(name) ?? null,
    remove: async (app) => {
      const { name } = app.metadata;
      const before = apps.get(name);
      if (before === undefined) return false;
      apps.delete(name);
      for (const listener of listeners) listener({ name, app: null, before, watched: true });
      return true;
    },
  };
  const cache: AppCache = {
    list: () => [...apps.values()],
    isSynced: () => true,
    problem: () => problem,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    note: () => undefined,
  };
  const own = (app: FaibricApp): FaibricRevision[] =>
    [...revisions.values()]
      .filter(({ metadata }) => metadata.ownerReferences?.[0]?.uid === app.metadata.uid)
      .sort((a, b) => a.spec.number - b.spec.number);
  return {
    cache,
    writer,
    revisions: {
      of: (app) => own(app).map((revision) => knownRevisionSchema.parse(revision)),
      problem: () => problem,
      read: async (app, number) => own(app).find(({ spec }) => spec.number === number) ?? null,
    },
    putRevision: (revision) => revisions.set(revision.metadata.name, revision),
    put,
    get: (name) => apps.get(name),
    setProblem: (text) => {
      problem = text;
    },
  };
};
