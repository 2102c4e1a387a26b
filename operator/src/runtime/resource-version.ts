// Order of resource versions. Kubernetes promises since KEP-5504 that they are ever growing decimal numbers,
// within one resource type and across a collection; they exceed 2^53, so they are compared as text.

const decimal = /^(0|[1-9]\d*)$/;

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`; undefined = cannot be told. */
export function compareResourceVersions(a: string, b: string): number | undefined {
  if (a === b) return 0;
  if (!decimal.test(a) || !decimal.test(b)) return undefined;
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : 1;
}

/** True when `a` is known to be older than `b`. */
export function isOlder(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const order = compareResourceVersions(a, b);
  return order !== undefined && order < 0;
}
