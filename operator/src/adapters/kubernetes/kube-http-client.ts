// The KubeClient port over HTTP, for any resource type. client-node gives the credentials; the requests are
// our own, because its typed calls default patches to JSON patch and lose unknown fields of unknown kinds.
import { z } from 'zod';
import {
  type ApplyOptions,
  apiVersionOf,
  type DeleteOptions,
  type DeleteOutcome,
  type KubeClient,
  type KubeList,
  type KubeObject,
  type ObjectRef,
  type Patch,
  type ResourceType,
  type WriteOptions,
} from '../../runtime/kube-client.ts';
import { isKubeError, KubeError } from '../../runtime/kube-error.ts';
import type { PooledKubeConfig } from './pooled-client.ts';
import { collectionPath, objectPath, type Query, selectionQuery, withQuery } from './resource-url.ts';
import { createTransport, type KubeRequest, type Transport } from './transport.ts';
import { linesOf, parseWatchEvent } from './watch-lines.ts';

const objectSchema = z.looseObject({ metadata: z.looseObject({ name: z.string() }) });
const listSchema = z.looseObject({
  metadata: z.looseObject({
    resourceVersion: z.string(),
    continue: z.string().optional(),
    remainingItemCount: z.number().optional(),
  }),
  // Null is how Go writes an empty slice.
  items: z.array(objectSchema).nullable(),
});

/** How the client names itself to the server and in managed fields. */
export interface KubeClientOptions {
  fieldManager: string;
  userAgent?: string;
  requestTimeoutMs?: number;
}

/** A KubeClient with connections to close at the end. */
export type ClosableKubeClient = KubeClient & { close(): Promise<void> };

/** Makes a client for the config's current context. */
export function createKubeClient(config: PooledKubeConfig, options: KubeClientOptions): ClosableKubeClient {
  const { fieldManager } = options;
  const transport = createTransport(config, {
    userAgent: options.userAgent ?? fieldManager,
    requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
  });
  return {
    ...readers(transport),
    ...writers(transport, fieldManager),
    delete: (type, ref, given = {}) => remove(transport, objectPath(type, ref), given),
    close: () => config.closeConnections(),
  };
}

function readers(transport: Transport): Pick<KubeClient, 'get' | 'list' | 'watch'> {
  return {
    get: async <T extends KubeObject>(type: ResourceType, ref: ObjectRef, signal?: AbortSignal) => {
      try {
        return parseObject<T>(await transport.call({ method: 'GET', path: objectPath(type, ref), signal }));
      } catch (error) {
        if (isKubeError(error, 'notFound')) return undefined;
        throw error;
      }
    },
    list: async <T extends KubeObject>(type: ResourceType, given: Parameters<KubeClient['list']>[1] = {}) => {
      const path = withQuery(collectionPath(type, given.namespace), {
        ...selectionQuery(given),
        limit: given.limit,
        continue: given.continueToken,
        resourceVersion: given.resourceVersion,
      });
      return parseList<T>(type, await transport.call({ method: 'GET', path, signal: given.signal }));
    },
    watch: (type, given) => ({
      async *[Symbol.asyncIterator]() {
        const path = withQuery(collectionPath(type, given.namespace), {
          ...selectionQuery(given),
          watch: true,
          allowWatchBookmarks: true,
          resourceVersion: given.resourceVersion,
          timeoutSeconds: given.timeoutSeconds,
        });
        const body = await transport.stream({ method: 'GET', path, signal: given.signal });
        // The server has accepted the watch: the reader may count its cache as current from here.
        yield { type: 'bookmark', resourceVersion: given.resourceVersion };
        for await (const line of linesOf(body)) {
          const event = parseWatchEvent<never>(line);
          if (event !== undefined) yield event;
        }
      },
    }),
  };
}

type Writers = Pick<KubeClient, 'create' | 'apply' | 'replace' | 'patch'>;

function writers(transport: Transport, manager: string): Writers {
  const send = async <T extends KubeObject>(request: KubeRequest, query: Query): Promise<T> =>
    parseObject<T>(await transport.call({ ...request, path: withQuery(request.path, query) }));
  const queryOf = (given: WriteOptions): Query => ({
    fieldManager: given.fieldManager ?? manager,
    dryRun: given.dryRun ? 'All' : undefined,
  });
  return {
    create: <T extends KubeObject>(type: ResourceType, object: T, given: WriteOptions = {}) => {
      const path = collectionPath(type, object.metadata.namespace);
      const body = typed(type, object);
      return send<T>({ method: 'POST', path, body, signal: given.signal }, queryOf(given));
    },
    apply: <T extends KubeObject>(type: ResourceType, object: T, given: ApplyOptions = {}) => {
      const path = objectPath(type, object.metadata, given.subresource);
      const body = typed(type, object);
      const contentType = 'application/apply-patch+yaml';
      const query = { ...queryOf(given), force: given.force ?? true };
      return send<T>({ method: 'PATCH', path, body, contentType, signal: given.signal }, query);
    },
    replace: <T extends KubeObject>(type: ResourceType, object: T, given: WriteOptions = {}) => {
      const path = objectPath(type, object.metadata, given.subresource);
      const body = typed(type, object);
      return send<T>({ method: 'PUT', path, body, signal: given.signal }, queryOf(given));
    },
    patch: <T extends KubeObject>(
      type: ResourceType,
      request: ObjectRef & { patch: Patch },
      given: WriteOptions = {},
    ) => {
      const path = objectPath(type, request, given.subresource);
      const { type: format, body } = request.patch;
      const contentType = format === 'json' ? 'application/json-patch+json' : 'application/merge-patch+json';
      return send<T>({ method: 'PATCH', path, body, contentType, signal: given.signal }, queryOf(given));
    },
  };
}

async function remove(transport: Transport, path: string, given: DeleteOptions): Promise<DeleteOutcome> {
  const body = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: given.propagation ?? 'Background',
    gracePeriodSeconds: given.gracePeriodSeconds,
    preconditions: { uid: given.uid, resourceVersion: given.resourceVersion },
  };
  try {
    await transport.call({ method: 'DELETE', path, body, signal: given.signal });
    return 'deleted';
  } catch (error) {
    if (isKubeError(error, 'notFound')) return 'gone';
    if (isKubeError(error, 'conflict')) return 'replaced';
    throw error;
  }
}

function typed<T extends KubeObject>(type: ResourceType, object: T): T {
  return { ...object, apiVersion: apiVersionOf(type), kind: type.kind };
}

function parseObject<T extends KubeObject>(answer: unknown): T {
  const parsed = objectSchema.safeParse(answer);
  if (!parsed.success) throw new KubeError({ kind: 'unavailable' }, 'the API server answered with no object');
  // The caller names the type it asked the server for; its transform or schema is what checks the rest.
  return parsed.data as unknown as T;
}

function parseList<T extends KubeObject>(type: ResourceType, answer: unknown): KubeList<T> {
  const parsed = listSchema.safeParse(answer);
  if (!parsed.success) throw new KubeError({ kind: 'unavailable' }, 'the API server answered with no list');
  const { metadata, items } = parsed.data;
  return {
    // Items of a list carry no kind of their own.
    items: (items ?? []).map((item) => typed(type, item as unknown as T)),
    resourceVersion: metadata.resourceVersion,
    continueToken: metadata.continue || undefined,
    remaining: metadata.remainingItemCount,
  };
}
