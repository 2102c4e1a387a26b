// Routes of the gateway, in app scope only: the routed app is who pays the quota. Every answer is JSON that we made
// from parsed values, never an upstream's own bytes.
import { Router } from 'express';
import { gatewayRequestSchema } from '../contract/gateway.ts';
import { ApiError } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { parseQuery } from '../http/query.ts';
import type { Limiter } from '../http/rate-limit.ts';
import { readBody } from '../http/read-body.ts';
import { scopeOf } from '../http/scope.ts';
import { allowOnly, sendJson } from '../http/send.ts';
import type { Metrics } from '../metrics.ts';

/** What the routes need. */
export interface GatewayRoutes {
  readonly gateway: Gateway;
  readonly calls: Limiter;
  readonly metrics: Metrics;
}

/** Makes the router of `/api/gateway/`. */
export const gatewayRouter = ({ gateway, calls, metrics }: GatewayRoutes): Router => {
  const router = Router({ caseSensitive: true });
  const known = new Set(gateway.list().services.map(({ service }) => service));
  const count = (service: string, outcome: string): void =>
    metrics.gatewayCalls.inc({ service: known.has(service) ? service : 'unknown', outcome });
  router
    .route('/api/gateway/')
    .get((req, res) => {
      parseQuery(req.url, []);
      const hasBody =
        Number(req.headers['content-length'] ?? 0) > 0 || req.headers['transfer-encoding'] !== undefined;
      if (hasBody)
        throw new ApiError('method_not_allowed', 'GET takes no body; use POST.', {
          headers: { Allow: 'GET, POST' },
        });
      sendJson(res, 200, gateway.list());
    })
    .post(async (req, res) => {
      parseQuery(req.url, []);
      const scope = scopeOf(res);
      const wait = calls(scope.kind === 'app' ? scope.appId : '');
      if (wait > 0) {
        throw new ApiError(
          'rate_limited',
          'This app makes too many gateway requests. Try again in a moment.',
          {
            retryAfter: Math.max(1, wait),
          },
        );
      }
      const request = await readBody(req, gatewayRequestSchema);
      try {
        const answer = await gateway.answer(request);
        count(request.service, answer.cached ? 'hit' : 'fresh');
        sendJson(res, 200, answer);
      } catch (error) {
        count(request.service, error instanceof ApiError ? error.code : 'internal');
        throw error;
      }
    })
    .all(allowOnly('GET', 'HEAD', 'POST'));
  return router;
};
