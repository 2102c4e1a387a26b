// The address of an upstream as an installation writes it. One that could mean two hosts to two parsers (127.1, 0x7f.1,
// full-width digits, user@host) fails the load, before anything is served.
import { isIP } from 'node:net';

/** Reads a base address; throws an Error that says what is wrong with it. */
export const parseBase = (text: string, allowPrivate: boolean): URL => {
  const written = /^https?:\/\/([^/?#@\\\s]+)(\/[A-Za-z0-9/_.-]*)?$/.exec(text)?.[1];
  if (written === undefined) throw new Error('must be http(s)://host[:port][/path]');
  const url = new URL(text);
  const standardPort = (port: string): string => (url.port === '' ? '' : port);
  if (url.host !== written.toLowerCase().replace(/:(80|443)$/, standardPort)) {
    throw new Error('must be written the way it is read');
  }
  if (url.pathname.includes('//') || /\/\.{1,2}(\/|$)/.test(text)) throw new Error('must have a plain path');
  const literal = isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (literal && !allowPrivate) throw new Error('must be a name, not an IP address');
  return url;
};
