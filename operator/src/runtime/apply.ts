// Writes that write nothing when nothing differs. Server-side apply of an unchanged object may still bump its
// version and wake every watcher, so an idle operator would spin: each of these compares first. The digest of
// what was applied is kept in an annotation, for it alone shows that we stopped wanting a field.
import { digestOf } from './canonical-json.ts';
import { findDrift } from './drift.ts';
import { unwantedPaths, withoutPaths } from './foreign-fields.ts';
import {
  type ApplyOptions,
  type DeleteOutcome,
  type KubeClient,
  type KubeObject,
  keyOf,
  type ResourceType,
} from './kube-client.ts';
import { isKubeError, KubeError } from './kube-error.ts';

/** What to make true. `desired` holds only fields that we own; `observed` is the cached object, if any. */
export interface ApplyRequest<T extends KubeObject> {
  type: ResourceType;
  desired: T;
  observed: T | undefined;
  /** Name of the annotation that keeps the digest; without it, fields no longer wanted stay behind. */
  appliedAnnotation?: string;
}

/** The object as it is now and whether it took a write. */
export interface Applied<T> {
  object: T;
  written: boolean;
}

/** A copy of the object that carries the digest of itself. */
export function withAppliedDigest<T extends KubeObject>(desired: T, annotation: string): T {
  const { [annotation]: _, ...annotations } = desired.metadata.annotations ?? {};
  const bare = { ...desired, metadata: { ...desired.metadata, annotations } };
  const digest = digestOf(bare);
  return { ...bare, metadata: { ...bare.metadata, annotations: { ...annotations, [annotation]: digest } } };
}

/**
 * True when applying would change something: what we want is new, or the cluster has drifted from it. False
 * for an object on its way out: nothing can be mended until it is gone, and its end is a change of its own.
 */
export function needsApply<T extends KubeObject>(
  desired: T,
  observed: T | undefined,
  annotation?: string,
): boolean {
  if (observed === undefined) return true;
  if (observed.metadata.deletionTimestamp !== undefined) return false;
  const wanted = annotation === undefined ? desired : withAppliedDigest(desired, annotation);
  return findDrift(comparable(wanted), comparable(observed)) !== undefined;
}

/** Server-side apply, if needed. Drift that an apply leaves (a foreign list member) is removed as well. */
export async function ensureApplied<T extends KubeObject>(
  client: KubeClient,
  request: ApplyRequest<T>,
  options: ApplyOptions = {},
): Promise<Applied<T>> {
  const { type, desired, observed, appliedAnnotation } = request;
  if (observed !== undefined && !needsApply(desired, observed, appliedAnnotation)) {
    return { object: observed, written: false };
  }
  const wanted = appliedAnnotation === undefined ? desired : withAppliedDigest(desired, appliedAnnotation);
  let object = await client.apply(type, wanted, options);
  const unwanted = unwantedPaths(wanted, observed?.metadata.foreignFields ?? []);
  if (unwanted.length > 0 || findDrift(comparable(wanted), comparable(object)) !== undefined) {
    object = await overwrite(client, { type, wanted, object, unwanted }, options);
  }
  // The server may have found that nothing differs after all; then no watcher was woken.
  return { object, written: object.metadata.resourceVersion !== observed?.metadata.resourceVersion };
}

// Server-side apply leaves alone what another manager has added: members of a list that merges by key, or
// fields that we do not name. A replace with our lists in place of the grown ones, and without those fields,
// takes them out; the version guards against a lost update.
async function overwrite<T extends KubeObject>(
  client: KubeClient,
  { type, wanted, object, unwanted }: { type: ResourceType; wanted: T; object: T; unwanted: string[][] },
  options: ApplyOptions,
): Promise<T> {
  const merged = graft(wanted, withoutPaths(object, unwanted)) as T;
  const metadata = { ...object.metadata, ...merged.metadata, managedFields: undefined };
  const { force: _, ...writeOptions } = options;
  return await client.replace(type, { ...merged, metadata }, writeOptions);
}

/** `observed` with every list that `wanted` names replaced by the wanted one, and every map grafted likewise. */
function graft(wanted: unknown, observed: unknown): unknown {
  if (wanted === undefined) return observed;
  if (!isMap(wanted) || !isMap(observed)) return wanted;
  const grafted: Record<string, unknown> = { ...observed };
  for (const [name, member] of Object.entries(wanted)) grafted[name] = graft(member, observed[name]);
  return grafted;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Owner references are merged by uid and others may add theirs; versions and status are not ours to compare.
function comparable(object: KubeObject): unknown {
  const { status: _, ...rest } = object as KubeObject & { status?: unknown };
  const { resourceVersion: __, uid: ___, generation: ____, ...metadata } = rest.metadata;
  return { ...rest, metadata };
}

/** Applies the status subresource if `desired.status` is not contained in what is there. */
export async function ensureStatusApplied<T extends KubeObject & { status?: unknown }>(
  client: KubeClient,
  request: Omit<ApplyRequest<T>, 'appliedAnnotation'>,
  options: ApplyOptions = {},
): Promise<Applied<T>> {
  const { type, desired, observed } = request;
  if (observed !== undefined && findDrift(desired.status, observed.status, 'status') === undefined) {
    const dropped = droppedMembers(desired.status, observed.status);
    if (!dropped) return { object: observed, written: false };
  }
  const object = await client.apply(type, desired, { ...options, subresource: 'status' });
  return { object, written: true };
}

// A status has one writer, so a member that is there and no longer wanted is ours and must go.
function droppedMembers(desired: unknown, observed: unknown): boolean {
  if (Array.isArray(desired) && Array.isArray(observed)) {
    return desired.some((member, position) => droppedMembers(member, observed[position]));
  }
  if (!isMap(observed)) return false;
  const wanted = isMap(desired) ? desired : {};
  return Object.entries(observed).some(
    ([name, have]) =>
      (have !== undefined && wanted[name] === undefined) || droppedMembers(wanted[name], have),
  );
}

/** Creates the object; when the name is taken, reads what is there instead. */
export async function ensureCreated<T extends KubeObject>(
  client: KubeClient,
  type: ResourceType,
  object: T,
): Promise<{ object: T; created: boolean }> {
  try {
    return { object: await client.create(type, object), created: true };
  } catch (error) {
    if (!isKubeError(error, 'alreadyExists')) throw error;
    const existing = await client.get<T>(type, object.metadata);
    if (existing !== undefined) return { object: existing, created: false };
    // Created and deleted by others between our two calls: trying again is the answer.
    throw new KubeError({ kind: 'conflict' }, `${type.kind} ${keyOf(object.metadata)} vanished`, {
      cause: error,
    });
  }
}

/** Deletes exactly the object observed, never a namesake created since. */
export async function ensureDeleted(
  client: KubeClient,
  type: ResourceType,
  observed: KubeObject,
): Promise<DeleteOutcome> {
  if (observed.metadata.deletionTimestamp !== undefined) return 'deleted';
  const { uid } = observed.metadata;
  if (uid === undefined)
    throw new Error(`${type.kind} ${keyOf(observed.metadata)} has no uid to delete it by`);
  return await client.delete(type, observed.metadata, { uid });
}
