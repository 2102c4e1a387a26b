// Against DNS rebinding: a page of evil.test whose name is made to point at this machine is of the same origin as what it
// asks, so no Origin check stops it; but the browser still sends its name as the Host. On the platform's host only the
// dashboard's own name is served, and the loopback names of a port-forward, whatever the port.
import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';
import { scopeOf } from './scope.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const nameOf = (host: string): string =>
  host
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '');

/** True for the dashboard's host under this domain, and for loopback names. */
export const isKnownHost = (host: string | undefined, domain: string): boolean =>
  host !== undefined && [`faibric.${domain.toLowerCase()}`, ...LOOPBACK].includes(nameOf(host));

/** Refuses requests in platform scope that were made for another host's name. */
export const requireKnownHost =
  (domain: string): RequestHandler =>
  (req, res, next) => {
    if (scopeOf(res).kind === 'platform' && !isKnownHost(req.headers.host, domain)) {
      throw new ApiError('unknown_host', 'The dashboard is not served under this name.');
    }
    next();
  };
