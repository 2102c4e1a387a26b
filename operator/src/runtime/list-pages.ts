// Reads a whole collection page by page. One answer with ten thousand objects would stop the event loop for
// a second, which is long enough to lose a lease. The pages belong to one snapshot: when its token expires
// half way (410) the caller starts over.
import type { KubeClient, KubeObject, ResourceType, Selection } from './kube-client.ts';

/** What to list and how. `transform` runs page by page, so that what it drops is never held all at once. */
export interface ListRequest<T> {
  type: ResourceType;
  selection: Selection;
  pageSize: number;
  transform: (object: KubeObject) => T | undefined;
  signal: AbortSignal;
}

/** A consistent snapshot of a collection. */
export interface Snapshot<T> {
  objects: T[];
  resourceVersion: string;
}

/** Reads all pages. */
export async function listPages<T>(client: KubeClient, request: ListRequest<T>): Promise<Snapshot<T>> {
  const { type, selection, pageSize, transform, signal } = request;
  const objects: T[] = [];
  let continueToken: string | undefined;
  for (;;) {
    const page = await client.list<KubeObject>(type, {
      ...selection,
      limit: pageSize,
      continueToken,
      signal,
    });
    for (const item of page.items) {
      const object = transform(item);
      if (object !== undefined) objects.push(object);
    }
    continueToken = page.continueToken;
    if (continueToken === undefined) return { objects, resourceVersion: page.resourceVersion };
  }
}
