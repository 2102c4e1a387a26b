// Keys and passwords that would be published with the app (claim V9). By shape, in the whole text, comments included:
// a key in a comment is stored with the source. The bundle is searched again, where joined strings are one.
import type { Diagnostic } from '@faibric/crds';
import { placeOf } from './syntax.ts';

const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\bsk-(?:proj-|ant-|svcacct-)?[A-Za-z0-9_-]{20,}/g, 'an API key (sk-…)'],
  [/\b(?:sk|rk)_live_[A-Za-z0-9]{16,}/g, 'a payment key (…_live_…)'],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, 'an AWS access key'],
  [/\bAIza[0-9A-Za-z_-]{35}/g, 'a Google API key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36,}/g, 'a GitHub token'],
  [/\bgithub_pat_[A-Za-z0-9_]{40,}/g, 'a GitHub token'],
  [/\bxox[abprs]-[A-Za-z0-9-]{20,}/g, 'a Slack token'],
  [/\bhf_[A-Za-z0-9]{30,}/g, 'a Hugging Face token'],
  [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g, 'a private key'],
  [/\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g, 'a token with rights (JWT)'],
];

const PRIVILEGED = /"(?:role|scope|roles)"\s*:\s*"?[^"]*(?:service|admin|secret)/i;

/** Public tokens exist (a JWT for anonymous use); only one that names a service or admin role is a secret. */
function isSecret(match: string): boolean {
  if (!match.startsWith('eyJ')) return !/^(.)\1+$/.test(match.slice(-12));
  const payload = match.split('.')[1] ?? '';
  try {
    return PRIVILEGED.test(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return false; // not base64: no token
  }
}

/** Offsets of what has the shape of a secret, with what it looks like. */
export function findSecrets(text: string): { offset: number; what: string }[] {
  return SHAPES.flatMap(([shape, what]) =>
    [...text.matchAll(shape)].filter((m) => isSecret(m[0])).map((m) => ({ offset: m.index, what })),
  );
}

/** Findings on secrets in one file. The message never repeats the secret. */
export function checkSecrets(path: string, text: string): Diagnostic[] {
  return findSecrets(text).map(({ offset, what }) => ({
    check: 'imports',
    code: 'secret',
    message: `This looks like ${what}. Everything in an app is public: remove it, and call the service by useGateway.`,
    file: path,
    ...placeOf(text, offset),
  }));
}
