import { describe, expect, test } from 'vitest';
import { isForbiddenAddress } from './forbidden-address.ts';

describe('G5: addresses that are never dialled', () => {
  test.each([
    ...[
      '127.0.0.1',
      '127.255.255.254',
      '10.0.0.1',
      '10.96.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
    ],
    ...[
      '169.254.169.254',
      '100.64.0.1',
      '100.127.255.255',
      '0.0.0.0',
      '0.1.2.3',
      '198.18.0.1',
      '198.19.255.255',
    ],
    ...['224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255', '192.0.2.1'],
    ...[
      '::',
      '::1',
      'fc00::1',
      'fdff::1',
      'fe80::1',
      'fe80::1%eth0',
      'ff02::1',
      '64:ff9b::7f00:1',
      '64:ff9b::808:808',
    ],
    ...[
      '::ffff:7f00:1',
      '::ffff:127.0.0.1',
      '::ffff:a00:1',
      '::ffff:169.254.169.254',
      '::127.0.0.1',
      '2002:7f00:1::',
      '2001:db8::1',
    ],
  ])('%s', (address) => {
    expect(isForbiddenAddress(address)).toBe(true);
  });

  test.each([
    '8.8.8.8',
    '172.32.0.1',
    '172.15.0.1',
    '100.63.0.1',
    '100.128.0.1',
    '198.20.0.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
  ])('%s is public', (address) => {
    expect(isForbiddenAddress(address)).toBe(false);
  });
});
