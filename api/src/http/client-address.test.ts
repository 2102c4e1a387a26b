import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

const request = (headers: Record<string, string>): IncomingMessage =>
  ({ headers, socket: { remoteAddress: '10.0.0.9' } }) as unknown as IncomingMessage;

test.each([
  [
    'the address that the proxy saw',
    { 'x-real-ip': '203.0.113.7', 'x-forwarded-for': '1.1.1.1' },
    '203.0.113.7',
  ],
  ['the last of the forwarded ones', { 'x-forwarded-for': '6.6.6.6, 203.0.113.7' }, '203.0.113.7'],
  ['the socket’s, without a proxy', {}, '10.0.0.9'],
  ['an IPv4 address in IPv6 clothes', { 'x-real-ip': '::ffff:203.0.113.7' }, '203.0.113.7'],
  ['the /64 of an IPv6 address', { 'x-real-ip': '2001:db8:0:1:aaaa::1' }, '2001:db8:0:1::/64'],
  ['another address of the same /64', { 'x-real-ip': '2001:0DB8:0:1::2' }, '2001:db8:0:1::/64'],
  ['the loopback', { 'x-real-ip': '::1' }, '0:0:0:0::/64'],
])('%s', (_name, headers, expected) => {
  expect(clientAddress(request(headers as Record<string, string>))).toBe(expected);
});
