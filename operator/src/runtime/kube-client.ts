// The port through which the control loop talks to an API server: any kind, by group, version and plural.
// Every call may throw a KubeError (kube-error.ts); only what is named in a method's sentence comes back as
// a value. Writes go through `apply` unless there is a reason; nothing here retries, that is the queue's work.
import type { ForeignFields } from './foreign-fields.ts';

/** One served resource: what is needed to build its URL. `namespaced` is true unless said otherwise. */
export interface ResourceType {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced?: boolean;
}

/** A reference from a child to its owner. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** The part of an object's metadata that the control loop uses; whatever else is there is kept. */
export interface ObjectMeta {
  name: string;
  namespace?: string | undefined;
  uid?: string | undefined;
  resourceVersion?: string | undefined;
  generation?: number | undefined;
  creationTimestamp?: string | undefined;
  deletionTimestamp?: string | undefined;
  labels?: Record<string, string> | undefined;
  annotations?: Record<string, string> | undefined;
  ownerReferences?: OwnerReference[] | undefined;
  finalizers?: string[] | undefined;
  /** Only on cached objects: what other managers have set (foreign-fields.ts). Never sent. */
  foreignFields?: ForeignFields[] | undefined;
}

/** Any Kubernetes object. Concrete kinds extend it; a `transform` or zod schema narrows what is read. */
export interface KubeObject {
  apiVersion?: string | undefined;
  kind?: string | undefined;
  metadata: ObjectMeta;
}

/** Names one object of a type. */
export interface ObjectRef {
  name: string;
  namespace?: string | undefined;
}

/** One page of a list. `resourceVersion` is the collection's, from which a watch may start. */
export interface KubeList<T> {
  items: T[];
  resourceVersion: string;
  continueToken?: string | undefined;
  remaining?: number | undefined;
}

/** One event of a watch. An `error` event's 410 is thrown as a KubeError instead of delivered. */
export type WatchEvent<T> =
  | { type: 'added' | 'modified' | 'deleted'; object: T }
  | { type: 'bookmark'; resourceVersion: string };

/** Which objects a list or watch covers; no namespace means all. */
export interface Selection {
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
}

/** Options of one page of a list. */
export interface ListOptions extends Selection {
  limit?: number;
  continueToken?: string | undefined;
  resourceVersion?: string;
  signal?: AbortSignal | undefined;
}

/** Options of a watch; it ends without error when the server closes it at `timeoutSeconds`. */
export interface WatchOptions extends Selection {
  resourceVersion: string;
  timeoutSeconds: number;
  signal: AbortSignal;
}

/** Options of a write. Without `fieldManager` the client's own (given when it was made) is used. */
export interface WriteOptions {
  fieldManager?: string;
  subresource?: 'status';
  dryRun?: boolean;
  signal?: AbortSignal | undefined;
}

/** Options of a server-side apply; `force` (default true) takes over fields that another manager holds. */
export interface ApplyOptions extends WriteOptions {
  force?: boolean;
}

/** Options of a delete. Give `uid`: without it a delete may hit a namesake created since. */
export interface DeleteOptions {
  uid?: string | undefined;
  resourceVersion?: string | undefined;
  propagation?: 'Background' | 'Foreground' | 'Orphan';
  gracePeriodSeconds?: number;
  signal?: AbortSignal | undefined;
}

/** What a delete found: `gone` = there was none; `replaced` = a precondition failed, nothing was deleted. */
export type DeleteOutcome = 'deleted' | 'gone' | 'replaced';

/** A patch body and how the server shall read it. */
export type Patch =
  | { type: 'merge'; body: Record<string, unknown> }
  | { type: 'json'; body: ReadonlyArray<Record<string, unknown>> };

/** Access to an API server. */
export interface KubeClient {
  /** Reads one object; undefined when there is none. */
  get<T extends KubeObject>(type: ResourceType, ref: ObjectRef, signal?: AbortSignal): Promise<T | undefined>;
  /** Reads one page of a list. */
  list<T extends KubeObject>(type: ResourceType, options?: ListOptions): Promise<KubeList<T>>;
  /**
   * Streams changes after `resourceVersion`. The first event is a bookmark at that version and says that the
   * server has accepted the watch. Silence after it is the caller's business.
   */
  watch<T extends KubeObject>(type: ResourceType, options: WatchOptions): AsyncIterable<WatchEvent<T>>;
  /** Creates; throws KubeError `alreadyExists` when the name is taken. */
  create<T extends KubeObject>(type: ResourceType, object: T, options?: WriteOptions): Promise<T>;
  /** Server-side apply; the object needs only what the field manager owns. Creates it when absent. */
  apply<T extends KubeObject>(type: ResourceType, object: T, options?: ApplyOptions): Promise<T>;
  /** Replaces; `metadata.resourceVersion` guards against a lost update (KubeError `conflict`). */
  replace<T extends KubeObject>(type: ResourceType, object: T, options?: WriteOptions): Promise<T>;
  /** Merge or JSON patch with the right content type. */
  patch<T extends KubeObject>(
    type: ResourceType,
    request: ObjectRef & { patch: Patch },
    options?: WriteOptions,
  ): Promise<T>;
  /** Deletes under preconditions; absence and replacement are outcomes, not errors. */
  delete(type: ResourceType, ref: ObjectRef, options?: DeleteOptions): Promise<DeleteOutcome>;
}

/** The `apiVersion` string of a type, e.g. `apps/v1` or `v1`. */
export function apiVersionOf(type: ResourceType): string {
  return type.group === '' ? type.version : `${type.group}/${type.version}`;
}

/** The queue and cache key of an object: `namespace/name`, or `name` when it has no namespace. */
export function keyOf(ref: ObjectRef): string {
  return ref.namespace ? `${ref.namespace}/${ref.name}` : ref.name;
}

/** The inverse of keyOf. */
export function refOf(key: string): ObjectRef {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
