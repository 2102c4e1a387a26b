// Writes only from our own page or from no page at all. A browser always tells where a cross-site request
// comes from (Origin, Sec-Fetch-Site); command-line tools send neither and cannot be tricked by a web page.
// There are no CORS headers anywhere: pages of one origin never read another's answers.
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

const READS = new Set(['GET', 'HEAD']);

const hostOfOrigin = (origin: string): string | undefined => {
  // `null` (sandboxed frames, redirects) and anything with a path or user is no origin of ours.
  const match = /^https?:\/\/([^/?#@\\\s]+)$/i.exec(origin);
  return match?.[1]?.toLowerCase();
};

/** True when the headers of a write may come from the page of the same origin, or from no page. */
export const isSameOrigin = (headers: IncomingHttpHeaders): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = headers;
  return origin === undefined || hostOfOrigin(origin) === headers.host?.toLowerCase();
};

/** Refuses writes that another site's page makes. */
export const requireSameOrigin: RequestHandler = (req, _res, next) => {
  if (!READS.has(req.method) && !isSameOrigin(req.headers)) {
    throw new ApiError('cross_site', 'A page of another site may not do this.');
  }
  next();
};
