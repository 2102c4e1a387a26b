// The query string, flat and strict: each known name at most once, unknown names and brackets refused.
// A parser that builds arrays and objects from `a[b][]=1` is a way to hand code shapes it never expects.
import { ApiError } from '../errors.ts';

const bad = (field: string, what: string): ApiError => new ApiError('invalid_query', what, { field });

/** Parses the query of a request target; only `allowed` names may occur, each once. */
export const parseQuery = (target: string, allowed: readonly string[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const start = target.indexOf('?');
  if (start < 0) return found;
  for (const [name, value] of new URLSearchParams(target.slice(start + 1))) {
    if (!allowed.includes(name)) {
      const known = allowed.length === 0 ? 'none is known here' : `known are ${allowed.join(', ')}`;
      throw bad('query', `Unknown query parameter; ${known}.`);
    }
    if (found.has(name)) throw bad(name, `The query parameter ${name} is given more than once.`);
    if (value.includes('\u0000') || value.includes('\ufffd')) {
      throw bad(name, `The query parameter ${name} is not valid text.`);
    }
    found.set(name, value);
  }
  return found;
};

/** What a whole number in a query may be. */
export interface NumberRule {
  readonly min: number;
  readonly max: number;
  readonly fallback: number;
  /** True: a value above `max` becomes `max`; false: it is an error. */
  readonly clamp?: boolean;
}

/** Reads a whole number: plain decimal digits, nothing else. */
export const wholeNumber = (query: ReadonlyMap<string, string>, name: string, rule: NumberRule): number => {
  const text = query.get(name);
  if (text === undefined) return rule.fallback;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  const tooLarge = value > rule.max && rule.clamp !== true;
  if (Number.isNaN(value) || value < rule.min || tooLarge) {
    throw bad(name, `${name} must be a whole number from ${rule.min} to ${rule.max}.`);
  }
  return Math.min(value, rule.max);
};
