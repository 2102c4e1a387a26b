// What a normaliser is: it turns an upstream's documented answer into the shape that apps see. Pure; it throws when the
// answer is not of the documented form.
import type { z } from 'zod';
import type { Parameters } from '../parameters.ts';

/** What was asked: the item of a list that makes one call each (else empty), and all parameters. */
export interface Asked {
  readonly key: string;
  readonly params: Parameters;
}

/** A normaliser whose items are of any shape, as the table holds it. */
export interface Normaliser {
  /** What is cached of one call. */
  readonly item: z.ZodType;
  readonly parse: (body: unknown, asked: Asked) => unknown;
  readonly combine: (items: readonly unknown[], missing: readonly string[], params: Parameters) => unknown;
}

/** The parts of a normaliser with their types. */
export interface NormaliserOf<T> {
  readonly item: z.ZodType<T>;
  readonly parse: (body: unknown, asked: Asked) => T;
  /** Default: the one item. */
  readonly combine?: (items: readonly T[], missing: readonly string[], params: Parameters) => unknown;
}

/** Makes a normaliser. Items are parsed against `item` before `combine` sees them, also when they come from a cache. */
export const normaliser = <T>({ item, parse, combine }: NormaliserOf<T>): Normaliser => ({
  item,
  parse,
  combine: (items, missing, params) => {
    const parsed = item.array().parse(items);
    return combine === undefined ? parsed[0] : combine(parsed, missing, params);
  },
});
