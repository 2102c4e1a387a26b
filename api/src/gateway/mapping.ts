// Takes parts of an upstream's answer by JSON pointers (RFC 6901), as data: what a row needs instead of a normaliser in
// code. What is not there becomes null; own properties only, so no pointer reaches a prototype.
import { z } from 'zod';

const pointer = z.string().regex(/^(\/.*)?$/s, 'must be a JSON pointer like /data/0/name');
const conversion = z.enum(['number', 'text', 'unixSeconds', 'unixMilliseconds']);

/** What to take: a pointer; a pointer with a conversion; one mapping for each item of a list; or an object of these. */
export type Mapping =
  | string
  | { readonly at: string; readonly as: z.infer<typeof conversion> }
  | { readonly each: string; readonly pick: Mapping; readonly limit?: number | undefined }
  | { readonly object: { readonly [name: string]: Mapping } };

/** Schema of a mapping. */
export const mapping: z.ZodType<Mapping> = z.lazy(() =>
  z.union([
    pointer,
    z.strictObject({ at: pointer, as: conversion }),
    z.strictObject({ each: pointer, pick: mapping, limit: z.int().min(1).max(1000).optional() }),
    z.strictObject({ object: z.record(z.string().min(1).max(60), mapping) }),
  ]),
);

const unescapeToken = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');

/** The value at a pointer; undefined when there is none. */
export const atPointer = (value: unknown, path: string): unknown => {
  let current = value;
  for (const token of path.split('/').slice(1).map(unescapeToken)) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, token)) return undefined;
    current = Object.getOwnPropertyDescriptor(current, token)?.value;
  }
  return current;
};

const timeOf = (value: unknown, factor: number): string | null => {
  const date = new Date(Number(value) * factor);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

const numberOf = (value: unknown): number | null => {
  // "1.25%" and "1,234.5" are how some upstreams write numbers.
  const number = typeof value === 'string' ? Number(value.replace(/[,%\s]/g, '')) : value;
  return typeof number === 'number' && Number.isFinite(number) && value !== '' ? number : null;
};

const convert = (value: unknown, as: z.infer<typeof conversion>): unknown => {
  if (value === undefined || value === null) return null;
  if (as === 'number') return numberOf(value);
  if (as === 'text') return String(value);
  return timeOf(value, as === 'unixSeconds' ? 1000 : 1);
};

/** Applies a mapping to a value. */
export const applyMapping = (rule: Mapping, value: unknown): unknown => {
  if (typeof rule === 'string') return atPointer(value, rule) ?? null;
  if ('at' in rule) return convert(atPointer(value, rule.at), rule.as);
  if ('object' in rule) {
    return Object.fromEntries(
      Object.entries(rule.object).map(([name, part]) => [name, applyMapping(part, value)]),
    );
  }
  const list = atPointer(value, rule.each);
  if (!Array.isArray(list)) return [];
  return list.slice(0, rule.limit ?? 1000).map((item) => applyMapping(rule.pick, item));
};
