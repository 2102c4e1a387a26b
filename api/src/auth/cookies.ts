// Cookies that hold our tokens: host-only, HttpOnly, SameSite=Lax. Where the browser allows it they have the `__Host-`
// prefix and Secure, so that no other host of the same domain can plant one. Browsers treat http://*.localhost as
// secure; on a plain http domain the prefix would make them drop the cookie, so there it is left out.
import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from 'express';

/** One cookie of ours. */
export interface TokenCookie {
  readonly name: string;
  /** The value, or null when there is none, or more than one: then nobody knows which is ours. */
  read(headers: IncomingHttpHeaders): string | null;
  /** Adds it to an answer. */
  write(res: Response, value: string, maxAgeSeconds: number): void;
  /** Makes the browser forget it. */
  clear(res: Response): void;
}

/** How the installation is reached from browsers. */
export interface PublicAddress {
  readonly domain: string;
  readonly scheme: 'http' | 'https';
}

const isLocalhost = (domain: string): boolean => domain === 'localhost' || domain.endsWith('.localhost');

/** True when browsers take a Secure cookie from this installation. */
export const mayBeSecure = ({ domain, scheme }: PublicAddress): boolean =>
  scheme === 'https' || isLocalhost(domain);

const valuesOf = (header: string, name: string): string[] =>
  header.split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 && pair.slice(0, at).trim() === name ? [pair.slice(at + 1).trim()] : [];
  });

/** Makes a cookie of the given base name, for example `faibric-session`. */
export const makeTokenCookie = (baseName: string, address: PublicAddress): TokenCookie => {
  const secure = mayBeSecure(address);
  const name = secure ? `__Host-${baseName}` : baseName;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  const add = (res: Response, value: string, maxAge: number): void => {
    res.appendHeader('Set-Cookie', `${name}=${value}; Max-Age=${maxAge}; ${attributes}`);
  };
  return {
    name,
    read: ({ cookie }) => {
      const [value, second] = valuesOf(cookie ?? '', name);
      return value === undefined || value === '' || second !== undefined ? null : value;
    },
    write: add,
    clear: (res) => add(res, '', 0),
  };
};
