// Routes of the gateway: on an app's host the app pays the quota, on the platform's host the account that tries a service
// out. Every answer is JSON that we made from parsed values, never an upstream's own bytes. The order matters: who asks
// and how often come before anything is answered, also from a cache.
import { type Request, type Response, Router } from 'express';
import { gatewayRequestSchema } from '../contract/gateway.ts';
import { ApiError } from '../errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { type Asker, askerKey } from '../gateway/permission.ts';
import type { DayQuota } from '../gateway/quota.ts';
import type { RenderedAnswers } from '../gateway/rendered.ts';
import { accountOf } from '../http/account.ts';
import { parseJson } from '../http/parse-json.ts';
import { parseQuery } from '../http/query.ts';
import type { Limiter } from '../http/rate-limit.ts';
import { parseBody, readJsonBytes } from '../http/read-body.ts';
import { scopeOf } from '../http/scope.ts';
import { allowOnly, sendJson, sendJsonText } from '../http/send.ts';
import type { Metrics } from '../metrics.ts';

/** What the routes need. */
export interface GatewayRoutes {
  readonly gateway: Gateway;
  readonly rendered: RenderedAnswers;
  readonly calls: Limiter;
  readonly perDay: DayQuota;
  readonly paidPerDay: DayQuota;
  readonly metrics: Metrics;
}

const askerOf = (res: Response): Asker => {
  const scope = scopeOf(res);
  return scope.kind === 'app'
    ? { kind: 'app', appId: scope.appId }
    : { kind: 'account', id: accountOf(res).id };
};

const refuseBody = (req: Request): void => {
  const { headers } = req;
  if (Number(headers['content-length'] ?? 0) <= 0 && headers['transfer-encoding'] === undefined) return;
  throw new ApiError('method_not_allowed', 'GET takes no body; use POST.', {
    headers: { Allow: 'GET, POST' },
  });
};

const tooMany = (what: string, retryAfter: number): ApiError =>
  new ApiError('rate_limited', what, { retryAfter });

const takeSecond = (calls: Limiter, key: string): void => {
  const wait = calls(key);
  if (wait > 0)
    throw tooMany('This app makes too many gateway requests. Try again in a moment.', Math.max(1, wait));
};

const takeDay = async (quota: DayQuota, key: string, what: string): Promise<void> => {
  const granted = quota(key);
  const wait = typeof granted === 'number' ? granted : await granted;
  if (wait > 0) throw tooMany(`This app has made all ${what} that it may make today (UTC).`, wait);
};

/** Makes the router of `/api/gateway/`. */
export const gatewayRouter = (parts: GatewayRoutes): Router => {
  const { gateway, rendered, metrics } = parts;
  const router = Router({ caseSensitive: true });
  const known = new Set(gateway.list().services.map(({ service }) => service));
  const count = (service: string, outcome: string): void =>
    metrics.gatewayCalls.inc({ service: known.has(service) ? service : 'unknown', outcome });

  /** Refuses who may not ask; each answer of a paid service counts. */
  const admit = async (service: string, asker: Asker): Promise<void> => {
    if (gateway.admit(service, asker).paid)
      await takeDay(parts.paidPerDay, askerKey(asker), 'requests to services that cost money');
  };

  const answer = async (body: Buffer, asker: Asker, res: Response): Promise<void> => {
    const request = parseBody(gatewayRequestSchema, parseJson(body));
    try {
      await admit(request.service, asker);
      const answered = await gateway.answer(request, asker);
      rendered.keep(body, answered.shared ? null : askerKey(asker), answered);
      const { cached, stale, service } = answered.answer;
      count(service, stale ? 'stale' : cached ? 'hit' : 'fresh');
      sendJson(res, 200, answered.answer);
    } catch (error) {
      count(request.service, error instanceof ApiError ? error.code : 'internal');
      throw error;
    }
  };

  router
    .route('/api/gateway/')
    .get((req, res) => {
      parseQuery(req.url, []);
      refuseBody(req);
      askerOf(res);
      sendJson(res, 200, gateway.list());
    })
    .post(async (req, res) => {
      parseQuery(req.url, []);
      const asker = askerOf(res);
      const key = askerKey(asker);
      takeSecond(parts.calls, key);
      const body = await readJsonBytes(req);
      await takeDay(parts.perDay, key, 'gateway requests');
      const kept = rendered.get(body, key);
      if (kept === undefined) return answer(body, asker, res);
      await admit(kept.service, asker);
      count(kept.service, 'hit');
      sendJsonText(res, 200, kept.text);
    })
    .all(allowOnly('GET', 'HEAD', 'POST'));
  return router;
};
