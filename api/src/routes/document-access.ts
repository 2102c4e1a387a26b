// The access rules of a collection, for the app's owner on the platform's host. On the app's own host they are 403: a page
// must not even learn them, or it could tell who may be attacked through what.
import { type Request, type Response, Router } from 'express';
import type { AccessEditor } from '../access/access-editor.ts';
import { requireOwner } from '../access/admit.ts';
import { putAccessSchema } from '../contract/access.ts';
import type { Place } from '../db/place.ts';
import { parseQuery } from '../http/query.ts';
import { readBody } from '../http/read-body.ts';
import { allowOnly, sendJson } from '../http/send.ts';
import { placeOf } from './document-request.ts';

const ownedPlace = (req: Request, res: Response): Place => {
  const place = placeOf(req, res);
  requireOwner(res);
  parseQuery(req.url, []);
  return place;
};

/** Makes the router of `/api/v1/db/{app}/{collection}/access/`. */
export const documentAccessRouter = (editor: AccessEditor): Router => {
  const router = Router({ caseSensitive: true });
  const get = (req: Request, res: Response): void => {
    const { appId, collection } = ownedPlace(req, res);
    sendJson(res, 200, editor.get(appId, collection));
  };
  const put = async (req: Request, res: Response): Promise<void> => {
    const { appId, collection } = ownedPlace(req, res);
    const rules = await readBody(req, putAccessSchema);
    sendJson(res, 200, await editor.set(appId, collection, rules));
  };
  const reset = async (req: Request, res: Response): Promise<void> => {
    const { appId, collection } = ownedPlace(req, res);
    sendJson(res, 200, await editor.set(appId, collection, null));
  };
  router
    .route('/api/v1/db/:app/:collection/access/')
    .get(get)
    .put(put)
    .delete(reset)
    .all(allowOnly('GET', 'HEAD', 'PUT', 'DELETE'));
  return router;
};
