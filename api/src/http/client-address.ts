// Where a request comes from, as far as a proxy can tell: X-Real-Ip, which Traefik sets to the peer that it saw after
// throwing a client's own away (or keeps from a balancer that it was told to trust). Only to be called behind the scope
// guard, which proves that the request came through Traefik. An IPv6 client owns a whole /64: that counts as one address.
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

const lastOf = (header: string | string[] | undefined): string =>
  [header ?? ''].flat().join(',').split(',').at(-1)?.trim() ?? '';

const seenBy = ({ headers, socket }: IncomingMessage): string =>
  lastOf(headers['x-real-ip']) || lastOf(headers['x-forwarded-for']) || socket.remoteAddress || 'unknown';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

const networkOf = (address: string): string => {
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  const groups = [...before, ...zeros, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16));
  return `${groups.map((group) => group.toString(16)).join(':')}::/64`;
};

/** The client's address as a key for limits: an IPv4 address, or the /64 of an IPv6 one. */
export const clientAddress = (req: IncomingMessage): string => {
  const seen = seenBy(req);
  const mapped = MAPPED.exec(seen)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(seen) ? networkOf(seen) : seen.slice(0, 64);
};
