// The informer cache of FaibricRevisions, in short form and by app. Pages are small because each object comes with its
// whole source, which is dropped as soon as it was parsed.
import {
  API_VERSION,
  type FaibricApp,
  type FaibricRevision,
  faibricRevision,
  GROUP,
  PLURALS,
  VERSION,
} from '@faibric/crds';
import { z } from 'zod';
import { unavailable } from '../errors.ts';
import { type KnownRevision, knownRevisionSchema, type RevisionSource } from '../projects/revision-source.ts';
import type { KubeAnswer } from './kube-client.ts';
import { startObjectCache } from './object-cache.ts';
import type { CacheParts } from './project-cache.ts';

/** The revisions, and the life of their cache. */
export interface RunningRevisions extends RevisionSource {
  isSynced(): boolean;
  stop(): void;
}

const PAGE = 25;

const revisionsPath = (namespace: string): string =>
  `/apis/${GROUP}/${VERSION}/namespaces/${namespace}/${PLURALS.FaibricRevision}`;

const parseKnown = (value: unknown): KnownRevision | null =>
  knownRevisionSchema.safeParse(value).data ?? null;

const ownerOf = ({ metadata }: KnownRevision): string => metadata.ownerReferences[0]?.uid ?? '';

/** Revisions by the UID of their app: a name may be another app's by now. */
interface ByApp {
  put(revision: KnownRevision): void;
  drop(revision: KnownRevision): void;
  of(uid: string): readonly KnownRevision[];
}

const makeByApp = (): ByApp => {
  const apps = new Map<string, Map<string, KnownRevision>>();
  return {
    put: (revision) => {
      const own = apps.get(ownerOf(revision)) ?? new Map<string, KnownRevision>();
      apps.set(ownerOf(revision), own.set(revision.metadata.name, revision));
    },
    drop: (revision) => {
      const own = apps.get(ownerOf(revision));
      own?.delete(revision.metadata.name);
      if (own?.size === 0) apps.delete(ownerOf(revision));
    },
    of: (uid) => [...(apps.get(uid)?.values() ?? [])].sort((a, b) => a.spec.number - b.spec.number),
  };
};

const parseWhole = (answer: KubeAnswer, app: FaibricApp): FaibricRevision | null => {
  if (answer.status === 404) return null;
  const body = z.looseObject({}).safeParse(answer.body);
  const whole = { apiVersion: API_VERSION, kind: 'FaibricRevision', ...body.data };
  const revision = answer.status === 200 ? faibricRevision.safeParse(whole).data : undefined;
  if (revision === undefined) {
    throw unavailable('The Kubernetes API server', new Error(`status ${answer.status}`));
  }
  const isOwn = revision.metadata.ownerReferences?.some(({ uid }) => uid === app.metadata.uid) ?? false;
  return isOwn ? revision : null;
};

/** Starts the cache; it is empty and says so until the first list has arrived. */
export const startRevisionCache = ({ namespace, ...parts }: CacheParts): RunningRevisions => {
  const path = revisionsPath(namespace);
  const byApp = makeByApp();
  const cache = startObjectCache({ ...parts, path, parse: parseKnown, what: 'revisions', page: PAGE });
  cache.subscribe(({ object, before }) => {
    if (before !== null) byApp.drop(before);
    if (object !== null) byApp.put(object);
  });
  return {
    of: ({ metadata }) => byApp.of(metadata.uid),
    problem: cache.problem,
    isSynced: cache.isSynced,
    stop: cache.stop,
    read: async (app, number) => {
      const known = byApp.of(app.metadata.uid).find(({ spec }) => spec.number === number);
      if (known === undefined) return null;
      const request = { method: 'GET' as const, path: `${path}/${known.metadata.name}` };
      const answer = await parts.client.send(request).catch((error: unknown) => {
        throw unavailable('The Kubernetes API server', error);
      });
      return parseWhole(answer, app);
    },
  };
};
