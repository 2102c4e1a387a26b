// Addresses that the gateway never dials unless told so: loopback, private, link-local (cloud metadata), carrier
// NAT, multicast, documentation, and the IPv6 forms that carry an IPv4 address inside. It is asked about the bytes that
// will be dialled, after the name was resolved, so a name cannot change its mind in between.
import { BlockList, isIPv6 } from 'node:net';

// IANA special-purpose address registries (RFC 6890 and its updates).
const V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
// ::/96 covers unspecified, loopback and IPv4-compatible; 64:ff9b::/32 both NAT64 prefixes; 2001::/23 Teredo and
// the like; 2002::/16 6to4.
const V6: readonly (readonly [string, number])[] = [
  ['::', 96],
  ['64:ff9b::', 32],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const forbidden = new BlockList();
for (const [net, prefix] of V4) forbidden.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of V6) forbidden.addSubnet(net, prefix, 'ipv6');

/** True when the gateway must not connect to this address. IPv4-mapped IPv6 addresses count as IPv4. */
export const isForbiddenAddress = (address: string): boolean => {
  const bare = address.split('%')[0] ?? address;
  return forbidden.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
};
