// What models cost: tokens by step, day, model, app and owner, and money where prices are configured. All of it is told
// from the resources (model calls of revisions that are kept, and what older ones used), so kubectl shows the same.
import { z } from 'zod';

/** Tokens and their price. `money` is null when no prices are configured; tokens of models without one are not in it. */
export const usageFiguresSchema = z.object({
  tokens: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  money: z.number().nullable(),
});
/** Tokens and their price. */
export type UsageFigures = z.infer<typeof usageFiguresSchema>;

/** Answer of `GET /api/projects/{id}/usage/`. */
export const usageSchema = z.object({
  /** Currency of `money`, or null without prices. */
  currency: z.string().nullable(),
  total: usageFiguresSchema,
  /** Tokens of revisions that are no longer kept: in `total`, and in nothing else. Not counted with `from` or `to`. */
  retired: z.number().int(),
  /** Tokens that have no price although prices are configured. */
  unpriced: z.number().int(),
  /** True when some figures are estimates, because a server gave none. */
  estimated: z.boolean(),
  steps: z.array(usageFiguresSchema.extend({ step: z.enum(['analyze', 'generate', 'repair']) })),
  /** By day in UTC, oldest first. */
  days: z.array(usageFiguresSchema.extend({ day: z.string() })),
  /** By model, most tokens first; empty text: the configured default. */
  models: z.array(usageFiguresSchema.extend({ model: z.string() })),
});
/** What one app, or all, used. */
export type Usage = z.infer<typeof usageSchema>;

/** Answer of `GET /api/usage/`: all of an account's apps; an admin's are everybody's. Deleted apps are not in it. */
export const allUsageSchema = usageSchema.extend({
  /** By app, most tokens first. */
  apps: z.array(usageFiguresSchema.extend({ id: z.string(), title: z.string(), owner: z.string() })),
  /** By owner, most tokens first. */
  owners: z.array(usageFiguresSchema.extend({ owner: z.string(), apps: z.number().int() })),
});
/** What all apps of an account used. */
export type AllUsage = z.infer<typeof allUsageSchema>;

const day = z.iso.date('must be a day, as in 2026-11-25').optional();

/** Query of both: days in UTC, both inclusive. */
export const usageQuerySchema = z.strictObject({ from: day, to: day });
/** Which days are asked for. */
export type UsageQuery = z.output<typeof usageQuerySchema>;
