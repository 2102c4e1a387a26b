// Routes of the Database API. The app comes from the routed host and must equal the path's; a mismatch looks
// exactly like an app that does not exist. Nothing here trusts that check alone: Postgres enforces it again.
import { type Request, type Response, Router } from 'express';
import {
  countDocumentsQuerySchema,
  listDocumentsQuerySchema,
  putDocumentSchema,
  writeDocumentSchema,
} from '../contract/document.ts';
import { makeCursor } from '../db/cursor.ts';
import type { ListRequest, Page } from '../db/document-store.ts';
import { toListRequest } from '../db/list-request.ts';
import { parseFilter } from '../db/parse-filter.ts';
import { parseQuery } from '../http/query.ts';
import { readBody } from '../http/read-body.ts';
import { readQuery } from '../http/read-query.ts';
import { allowOnly, sendJson, sendJsonText } from '../http/send.ts';
import { bulkRoutes } from './bulk-documents.ts';
import { type CollectionRoutes, clearRoute, collectionRoutes } from './collections.ts';
import { answerWrite, notThere, stale } from './document-answer.ts';
import { type DatabaseRoutes, enter, idOf, onceOf, placeOf, versionOf } from './document-request.ts';

const listJson = ({ total, itemsJson, next }: Page, { limit, offset, order }: ListRequest): string => {
  const cursor = next === null ? null : makeCursor(order, next);
  return `{"items":[${itemsJson}],"total":${total},"limit":${limit},"offset":${offset},"next":${JSON.stringify(cursor)}}`;
};

const collectionRoute = (router: Router, deps: CollectionRoutes): void => {
  const { store } = deps;
  router
    .route('/api/v1/db/:app/:collection/')
    .get(async (req, res) => {
      const place = placeOf(req, res);
      const request = toListRequest(readQuery(req.url, listDocumentsQuerySchema));
      const grant = await enter(deps, { req, res, place }, 'read');
      sendJsonText(res, 200, listJson(await store.list(place, request, grant), request));
    })
    .post(async (req, res) => {
      const place = placeOf(req, res);
      parseQuery(req.url, []);
      const grant = await enter(deps, { req, res, place }, 'create');
      const { data } = await readBody(req, writeDocumentSchema);
      const once = onceOf(req, { place, grant, body: data });
      answerWrite(res, 201, await store.create(place, { data, once }, grant));
    })
    .delete(clearRoute(deps))
    .all(allowOnly('GET', 'HEAD', 'POST', 'DELETE'));
};

const countRoute = (deps: DatabaseRoutes) => async (req: Request, res: Response) => {
  const place = placeOf(req, res);
  const where = parseFilter(readQuery(req.url, countDocumentsQuerySchema).filter);
  const grant = await enter(deps, { req, res, place }, 'read');
  sendJson(res, 200, { count: await deps.store.count(place, where, grant) });
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
export const databaseRouter = (deps: CollectionRoutes): Router => {
  const router = Router({ caseSensitive: true });
  collectionRoute(router, deps);
  router.route('/api/v1/db/:app/:collection/count/').get(countRoute(deps)).all(allowOnly('GET', 'HEAD'));
  bulkRoutes(router, deps);
  collectionRoutes(router, deps);
  router
    .route('/api/v1/db/:app/:collection/:id/')
    .get(readRoute(deps))
    .put(writeRoute(deps, 'PUT'))
    .patch(writeRoute(deps, 'PATCH'))
    .delete(deleteRoute(deps))
    .all(allowOnly('GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'));
  return router;
};
