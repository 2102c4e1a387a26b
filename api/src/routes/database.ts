// Routes of the Database API. The app comes from the routed host and must equal the path's; a mismatch looks
// exactly like an app that does not exist. Nothing here trusts that check alone: Postgres enforces it again.
import { createHash } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { AccessOperation, Authorize, Grant } from '../access/grant.ts';
import { COLLECTION_PATTERN, putDocumentSchema, writeDocumentSchema } from '../contract/document.ts';
import type { DocumentStore, Idempotency, WriteOutcome } from '../db/document-store.ts';
import { parseListRequest } from '../db/list-request.ts';
import type { Place } from '../db/place.ts';
import { ApiError } from '../errors.ts';
import { parseQuery } from '../http/query.ts';
import type { Limiter } from '../http/rate-limit.ts';
import { readBody } from '../http/read-body.ts';
import { appOf } from '../http/scope.ts';
import { allowOnly, sendJsonText } from '../http/send.ts';

/** What the routes need. */
export interface DatabaseRoutes {
  readonly store: DocumentStore;
  /** Gives the grant of each request; asked once, after the limits and before the body is read. */
  readonly authorize: Authorize;
  readonly reads: Limiter;
  readonly writes: Limiter;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

const placeOf = (req: Request, res: Response): Place => {
  const appId = appOf(res, req.params.app);
  const { collection } = req.params;
  if (typeof collection !== 'string' || !COLLECTION_PATTERN.test(collection)) {
    throw new ApiError(
      'invalid_collection',
      'A collection is named by 1 to 63 lower-case letters, digits, - and _, starting with a letter.',
    );
  }
  return { appId, collection };
};

const idOf = (req: Request): string => {
  const { id } = req.params;
  if (typeof id !== 'string' || !UUID.test(id)) throw new ApiError('invalid_id', 'A document id is a UUID.');
  return id;
};

/** The version that If-Match asks for; `*` and no header ask for none. */
const versionOf = (req: Request): { version?: number } => {
  const header = req.headers['if-match'];
  if (header === undefined || header === '*') return {};
  const match = /^"(\d{1,9})"$/.exec(header);
  if (!match)
    throw new ApiError('invalid_header', 'If-Match must be one ETag like "3", or *.', { field: 'If-Match' });
  return { version: Number(match[1]) };
};

// A key belongs to whoever sent it: another author who guesses it gets no look at the first one's document.
const onceOf = (
  req: Request,
  { place, grant, data }: { readonly place: Place; readonly grant: Grant; readonly data: object },
): Idempotency | undefined => {
  const key = req.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) {
    throw new ApiError(
      'invalid_header',
      'Idempotency-Key must be 1 to 200 printable characters without spaces.',
    );
  }
  return {
    keyHash: digest(`${grant.author ?? ''}\n${key}`),
    requestHash: digest(`${place.collection}\n${JSON.stringify(data)}`),
  };
};

const take = (limiter: Limiter, place: Place): void => {
  const wait = limiter(place.appId);
  if (wait > 0) {
    throw new ApiError('rate_limited', 'This app makes too many requests. Try again in a moment.', {
      retryAfter: Math.max(1, wait),
    });
  }
};

/** What every route does first: the place, the checks of its own, the app's rate, and then the grant. */
const enter = async (
  { authorize, reads, writes }: DatabaseRoutes,
  { req, res, place }: { readonly req: Request; readonly res: Response; readonly place: Place },
  operation: AccessOperation,
): Promise<Grant> => {
  take(operation === 'read' ? reads : writes, place);
  return authorize(req, res, { place, operation });
};

const notThere = (): ApiError => new ApiError('no_such_document', 'There is no such document.');
const stale = (): ApiError =>
  new ApiError('version_mismatch', 'The document was changed by somebody else. Read it again, then repeat.');
const QUOTA_TEXT = {
  documents: 'This app has as many documents as it may have. Delete some first.',
  bytes: 'This app stores as much as it may. Delete something first.',
  collections: 'This app has as many collections as it may have.',
};

/** Sends what a write gave, or throws what it means. */
const answerWrite = (res: Response, status: number, outcome: WriteOutcome): void => {
  switch (outcome.kind) {
    case 'ok':
      res.setHeader('ETag', `"${outcome.document.version}"`);
      sendJsonText(res, status, outcome.document.json);
      return;
    case 'missing':
      throw notThere();
    case 'mismatch':
      throw stale();
    case 'too_large':
      throw new ApiError('document_too_large', 'The document would become larger than a document may be.');
    case 'key_reused':
      throw new ApiError('idempotency_conflict', 'This Idempotency-Key was used with another body.');
    case 'over_quota':
      throw new ApiError('quota_exceeded', QUOTA_TEXT[outcome.quota], { field: outcome.quota });
  }
};

const collectionRoute = (router: Router, deps: DatabaseRoutes): void => {
  const { store } = deps;
  router
    .route('/api/v1/db/:app/:collection/')
    .get(async (req, res) => {
      const place = placeOf(req, res);
      const request = parseListRequest(req.url);
      const grant = await enter(deps, { req, res, place }, 'read');
      const { total, itemsJson } = await store.list(place, request, grant);
      sendJsonText(
        res,
        200,
        `{"items":[${itemsJson}],"total":${total},"limit":${request.limit},"offset":${request.offset}}`,
      );
    })
    .post(async (req, res) => {
      const place = placeOf(req, res);
      parseQuery(req.url, []);
      const grant = await enter(deps, { req, res, place }, 'create');
      const { data } = await readBody(req, writeDocumentSchema);
      const once = onceOf(req, { place, grant, data });
      answerWrite(res, 201, await store.create(place, { data, once }, grant));
    })
    .all(allowOnly('GET', 'HEAD', 'POST'));
};

const readRoute = (deps: DatabaseRoutes) => async (req: Request, res: Response) => {
  const place = placeOf(req, res);
  const id = idOf(req);
  parseQuery(req.url, []);
  const grant = await enter(deps, { req, res, place }, 'read');
  const document = await deps.store.get(place, id, grant);
  if (document === null) throw notThere();
  const etag = `"${document.version}"`;
  res.setHeader('ETag', etag);
  if (req.headers['if-none-match'] === etag) {
    res.statusCode = 304;
    res.end();
  } else sendJsonText(res, 200, document.json);
};

const writeRoute = (deps: DatabaseRoutes, method: 'PUT' | 'PATCH') => async (req: Request, res: Response) => {
  const place = placeOf(req, res);
  const id = idOf(req);
  parseQuery(req.url, []);
  const grant = await enter(deps, { req, res, place }, 'update');
  const schema =
    method === 'PUT'
      ? putDocumentSchema
      : writeDocumentSchema.transform((body) => ({ ...body, merge: true }));
  const { data, merge } = await readBody(req, schema);
  answerWrite(res, 200, await deps.store.update(place, { id, data, merge, ...versionOf(req) }, grant));
};

const deleteRoute = (deps: DatabaseRoutes) => async (req: Request, res: Response) => {
  const place = placeOf(req, res);
  const id = idOf(req);
  parseQuery(req.url, []);
  const grant = await enter(deps, { req, res, place }, 'delete');
  const outcome = await deps.store.delete(place, { id, ...versionOf(req) }, grant);
  if (outcome === 'missing') throw notThere();
  if (outcome === 'mismatch') throw stale();
  res.statusCode = 204;
  res.end();
};

/** Makes the router of `/api/v1/db/{appId}/…`. */
export const databaseRouter = (deps: DatabaseRoutes): Router => {
  const router = Router({ caseSensitive: true });
  collectionRoute(router, deps);
  router
    .route('/api/v1/db/:app/:collection/:id/')
    .get(readRoute(deps))
    .put(writeRoute(deps, 'PUT'))
    .patch(writeRoute(deps, 'PATCH'))
    .delete(deleteRoute(deps))
    .all(allowOnly('GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'));
  return router;
};
