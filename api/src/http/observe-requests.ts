// Request ids, one log line and one metric per request. The route's pattern is the metric's label, never the
// path: an app could otherwise grow the set of labels without bound. Bodies, queries and headers are not logged.
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Metrics } from '../metrics.ts';
import type { Clock, Log } from '../ports.ts';

const GIVEN_ID = /^[A-Za-z0-9._-]{8,64}$/;

const routeOf = (req: Request): string => {
  const path: unknown = req.route?.path;
  return typeof path === 'string' ? path : 'other';
};

const requestId = (req: Request): string => {
  const given = req.headers['x-request-id'];
  return typeof given === 'string' && GIVEN_ID.test(given) ? given : randomUUID();
};

/** What observing needs. */
export interface Observation {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly now: Clock;
}

/** Gives every request an id (`X-Request-Id`), counts it and logs how it ended. */
export const observeRequests =
  ({ log, metrics, now }: Observation): RequestHandler =>
  (req, res, next) => {
    const start = now();
    const id = requestId(req);
    res.setHeader('X-Request-Id', id);
    res.on('close', () => {
      const seconds = (now() - start) / 1000;
      const route = routeOf(req);
      metrics.requests.observe({ method: req.method, route, status: res.statusCode }, seconds);
      logEnd(log, res, { id, method: req.method, route, status: res.statusCode, ms: now() - start });
    });
    next();
  };

const logEnd = (log: Log, res: Response, fields: object): void => {
  if (res.statusCode >= 500) log.warn(fields, 'request failed');
  else log.debug(fields, 'request done');
};
