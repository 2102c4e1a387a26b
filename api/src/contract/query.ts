// Schemas of values in a query string. A query carries text only, so each takes text and gives what it means; the
// described type (`integer`, `boolean`) is what OpenAPI shows. Digits are plain: no sign, point, exponent or space.
import { z } from 'zod';

/** What a whole number in a query may be. */
export interface WholeRange {
  readonly min: number;
  readonly max: number;
  /** Value when the name is not given. */
  readonly fallback: number;
  /** True: a value above `max` counts as `max`; false: it is an error. */
  readonly clamp?: boolean;
}

/** A whole number as text of plain decimal digits. */
export const wholeNumberText = ({ min, max, fallback, clamp = false }: WholeRange) => {
  const complaint = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .refine((text) => /^\d{1,15}$/.test(text), complaint)
    .transform((text) => (clamp ? Math.min(Number(text), max) : Number(text)))
    .refine((value) => value >= min && value <= max, complaint)
    .default(fallback)
    .meta({ type: 'integer', minimum: min, ...(clamp ? {} : { maximum: max }), default: fallback });
};

/** `true` or `false`. */
export const flagText = (fallback: boolean) =>
  z
    .enum(['true', 'false'], 'must be true or false')
    .transform((text) => text === 'true')
    .default(fallback)
    .meta({ type: 'boolean', default: fallback });
