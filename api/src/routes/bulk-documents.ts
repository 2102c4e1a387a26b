// Several documents in one request and one transaction: all of them or none. They cost the app's rate as one write and one
// more for each ten documents, so that bulk is cheaper than single writes but no way around the rate.
import type { Request, Response, Router } from 'express';
import { bulkCreateSchema, bulkDeleteSchema } from '../contract/document.ts';
import { MAX_BULK_BODY_BYTES, MAX_BULK_KEYS } from '../contract/limits.ts';
import type { BulkDelete, BulkOutcome } from '../db/document-store.ts';
import { toCondition } from '../db/parse-filter.ts';
import { ApiError } from '../errors.ts';
import { parseQuery } from '../http/query.ts';
import { readBody } from '../http/read-body.ts';
import { allowOnly, sendJson, sendJsonText } from '../http/send.ts';
import { writeError } from './document-answer.ts';
import { type DatabaseRoutes, enter, onceOf, placeOf, take } from './document-request.ts';

const LIMITS = { bytes: MAX_BULK_BODY_BYTES, keys: MAX_BULK_KEYS };
const DOCUMENTS_PER_WRITE = 10;

/** The error of a bulk create that was not made, with the place of the document that is to blame. */
export const bulkError = ({ failure, at }: Extract<BulkOutcome, { kind: 'failed' }>): ApiError => {
  const error =
    failure.kind === 'taken'
      ? new ApiError('conflict', 'There is already a document with this id.')
      : writeError(failure);
  if (at === null) return error;
  return new ApiError(error.code, `${error.message} Nothing was stored.`, { field: `documents.${at}` });
};

const createRoute = (deps: DatabaseRoutes) => async (req: Request, res: Response) => {
  const place = placeOf(req, res);
  parseQuery(req.url, []);
  const grant = await enter(deps, { req, res, place }, 'create');
  const body = await readBody(req, bulkCreateSchema, LIMITS);
  for (let n = DOCUMENTS_PER_WRITE; n <= body.documents.length; n += DOCUMENTS_PER_WRITE)
    take(deps.writes, place.appId);
  const once = onceOf(req, { place, grant, body });
  const outcome = await deps.store.createMany(place, { items: body.documents, once }, grant);
  if (outcome.kind === 'failed') throw bulkError(outcome);
  sendJsonText(res, 201, `{"items":${outcome.itemsJson}}`);
};

const chosen = ({ ids, filter }: { ids?: string[] | undefined; filter?: object | undefined }): BulkDelete => {
  if (ids !== undefined) return { ids };
  const where = toCondition(filter);
  // An empty filter is more likely a variable that was not set than the wish to delete everything.
  if (where === null)
    throw new ApiError('invalid_body', 'An empty filter would delete everything.', { field: 'filter' });
  return { where };
};

const deleteRoute = (deps: DatabaseRoutes) => async (req: Request, res: Response) => {
  const place = placeOf(req, res);
  parseQuery(req.url, []);
  const grant = await enter(deps, { req, res, place }, 'delete');
  const request = chosen(await readBody(req, bulkDeleteSchema));
  sendJson(res, 200, { deleted: await deps.store.deleteMany(place, request, grant) });
};

/** Adds the routes of bulk operations. */
export const bulkRoutes = (router: Router, deps: DatabaseRoutes): void => {
  router.route('/api/v1/db/:app/:collection/bulk/').post(createRoute(deps)).all(allowOnly('POST'));
  router.route('/api/v1/db/:app/:collection/bulk/delete/').post(deleteRoute(deps)).all(allowOnly('POST'));
};
