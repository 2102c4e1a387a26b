// Opaque tokens: 256 random bits, shown once, kept only as their SHA-256. They carry no claim, so there is nothing to
// forge, no algorithm to choose and nothing to trust before the database was asked. A plain digest is enough (unlike
// for passwords): nobody can try 2^256 values.
import { createHash, randomBytes } from 'node:crypto';

const BYTES = 32;
// 32 bytes in base64url are 43 characters.
const BODY = /^[A-Za-z0-9_-]{43}$/;

/** A new token; a prefix such as `fbr_` tells people and secret scanners what it is. */
export const newToken = (prefix = ''): string => prefix + randomBytes(BYTES).toString('base64url');

/** What is stored of a token, 32 bytes. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** True when a text has the shape of a token; what has not need not be looked up. */
export const isToken = (text: string, prefix = ''): boolean =>
  text.startsWith(prefix) && BODY.test(text.slice(prefix.length));
