// Reads what an engine starts from: the app's words, and the revision that came before. Read when the task starts, so
// that the caches need not keep anybody's source.
import type { AppSpec, RevisionAnalysis } from '@faibric/crds';
import { appSpec, revisionSpec } from '@faibric/crds';
import { z } from 'zod';
import type { Analysis, Change, Previous } from '../engines/engine.ts';
import { APPS, REVISIONS } from '../faibricapp/resource-types.ts';
import { revisionName } from '../faibricapp/resources/names.ts';
import { readFiles } from '../faibricapp/watched.ts';
import type { KubeClient, KubeObject } from '../runtime/kube-client.ts';
import type { TaskRequest } from './task.ts';

const appObject = z.object({ metadata: z.object({ uid: z.string() }), spec: appSpec });
const revisionObject = z.object({ spec: revisionSpec });

/** The spec of the app, unless another app has its name by now. */
export const readApp = async (client: KubeClient, request: TaskRequest): Promise<AppSpec | undefined> => {
  const object = await client.get<KubeObject>(APPS, { name: request.app, namespace: request.namespace });
  if (!object) return undefined;
  const { metadata, spec } = appObject.parse(object);
  return metadata.uid === request.appUid ? spec : undefined;
};

/** The changes that the request names, in its order. */
export const changesOf = (spec: AppSpec, request: TaskRequest): Change[] =>
  (request.changes ?? []).flatMap((id) => spec.changes?.find((change) => change.id === id) ?? []);

/**
 * A recorded analysis as engines take it. The cast is the border between the CRD, which cannot describe a blueprint,
 * and engines, which parse the blueprint with its own schema before they use it.
 */
export const toAnalysis = (analysis: RevisionAnalysis): Analysis => analysis as unknown as Analysis;

/** A whole revision: analysis and files. */
export const readPrevious = async (
  client: KubeClient,
  request: TaskRequest,
  number: number | undefined,
): Promise<Previous | undefined> => {
  if (number === undefined) return undefined;
  const ref = { name: revisionName(request.app, number), namespace: request.namespace };
  const object = await client.get<KubeObject>(REVISIONS, ref);
  if (!object) return undefined;
  const { spec } = revisionObject.parse(object);
  // Source that a person brought has no blueprint to change.
  if (!spec.analysis || spec.analysis.engine === 'source' || !spec.files) return undefined;
  return { analysis: toAnalysis(spec.analysis), files: readFiles(spec) };
};
