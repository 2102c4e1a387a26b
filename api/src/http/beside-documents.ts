// Most requests of an installation are for documents. Routers that have nothing at their addresses are kept out of the way of
// these: Express would try each of their routes for every request. It only skips; it decides nothing about who may do what.
import { type RequestHandler, Router } from 'express';

const DOCUMENTS = '/api/v1/db/';

/** Handlers for everything but the addresses of the Database API. */
export const besideDocuments = (...handlers: readonly RequestHandler[]): RequestHandler => {
  const router = Router({ caseSensitive: true });
  router.use(...handlers);
  const gate: RequestHandler = (req, res, next) => {
    if (req.url.startsWith(DOCUMENTS)) next();
    else router(req, res, next);
  };
  // For whoever walks the routes of the app: the test that each has its operation.
  return Object.assign(gate, { stack: router.stack });
};
