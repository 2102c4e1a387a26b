// Live changes of a collection as server-sent events, and the wake-up that every acknowledged write of this replica gives.
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { parseQuery } from '../http/query.ts';
import { allowOnly } from '../http/send.ts';
import type { LiveChanges } from '../live/live.ts';
import { type DatabaseRoutes, enter, placeOf } from './document-request.ts';

/** Tells whoever listens that an app's documents changed, once a write was answered with success. */
export const announceWrites =
  ({ changed }: Pick<LiveChanges, 'changed'>): RequestHandler =>
  (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      const appId = String(req.params.app);
      res.on('finish', () => {
        if (res.statusCode < 300) changed(appId);
      });
    }
    next();
  };

/** Makes the router of `/api/v1/db/{app}/{collection}/events/`. */
export const documentEventsRouter = (deps: DatabaseRoutes, live: LiveChanges): Router => {
  const router = Router({ caseSensitive: true });
  const stream = async (req: Request, res: Response): Promise<void> => {
    const place = placeOf(req, res);
    parseQuery(req.url, []);
    const grant = await enter(deps, { req, res, place }, 'read');
    await live.open({ req, res, place, grant });
  };
  const only = allowOnly('GET');
  router.route('/api/v1/db/:app/:collection/events/').head(only).get(stream).all(only);
  return router;
};
