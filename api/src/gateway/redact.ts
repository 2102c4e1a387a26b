// Takes a key out of whatever an upstream sent: some answer with the caller's own key in a text (Alpha Vantage does). Also
// bounds the depth of what is kept, since everything kept is printed as JSON again.
import { ApiError } from '../errors.ts';

const MAX_DEPTH = 64;
// A shorter "key" would take ordinary words apart; no service has such a one.
const LEAST_LENGTH = 4;

/** All ways in which a secret may be written in an answer. */
const forms = (secrets: readonly string[]): readonly string[] =>
  secrets
    .filter((secret) => secret.length >= LEAST_LENGTH)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
    ])
    // The longest first: a form may hold another.
    .sort((a, b) => b.length - a.length);

/** Makes a function that replaces secrets in every text of a value, keys of objects included. */
export const makeRedact = (secrets: readonly string[]): ((value: unknown) => unknown) => {
  const needles = forms(secrets);
  const clean = (text: string): string =>
    needles.reduce((left, needle) => (left.includes(needle) ? left.replaceAll(needle, '***') : left), text);
  const walk = (value: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH)
      throw new ApiError('upstream_invalid', 'The upstream sent what is nested too deep.');
    if (typeof value === 'string') return clean(value);
    if (Array.isArray(value)) return value.map((item) => walk(item, depth + 1));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [clean(name), walk(item, depth + 1)]),
    );
  };
  return (value) => walk(value, 0);
};
