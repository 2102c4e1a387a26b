// Liveness and readiness. Live means the event loop turns. Ready means started: a Postgres or an API server that goes
// away later is noted in the body but does not take this server out of the route, because it answers 503 with
// Retry-After itself, and what does not need them goes on. Neither path needs the ingress' secret: the kubelet asks.
import { Router } from 'express';
import { allowOnly, sendJson } from '../http/send.ts';
import type { ReadinessCheck } from '../ports.ts';

type Checks = Readonly<Record<string, ReadinessCheck>>;

/** `required` decides; `noted` is only reported. */
export interface Readiness {
  readonly required: Checks;
  readonly noted: Checks;
}

const failing = async (checks: Checks): Promise<Record<string, string>> => {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await check()] as const),
  );
  return Object.fromEntries(
    results.flatMap(([name, complaint]) => (complaint === null ? [] : [[name, complaint]])),
  );
};

/** Makes `/healthz` and `/readyz`. */
export const healthRouter = ({ required, noted }: Readiness): Router => {
  const router = Router({ caseSensitive: true });
  router
    .route('/healthz')
    .get((_req, res) => sendJson(res, 200, { ok: true }))
    .all(allowOnly('GET', 'HEAD'));
  router
    .route('/readyz')
    .get(async (_req, res) => {
      const missing = await failing(required);
      const ok = Object.keys(missing).length === 0;
      sendJson(res, ok ? 200 : 503, { ok, missing, degraded: ok ? await failing(noted) : {} });
    })
    .all(allowOnly('GET', 'HEAD'));
  return router;
};
