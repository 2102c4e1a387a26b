// What the health paths answer: for the kubelet and for people who look why a server is not in the route.
import { z } from 'zod';

/** Answer of `GET /healthz`. */
export const livenessSchema = z.object({ ok: z.literal(true) });

/** Answer of `GET /readyz`: what is missing before requests are taken, and what is only worth knowing; by name. */
export const readinessSchema = z.object({
  ok: z.boolean(),
  missing: z.record(z.string(), z.string()),
  degraded: z.record(z.string(), z.string()),
});
