import { describe, expect, it } from 'vitest';
import { RateLimit, clientOf } from './rate-limit';

describe('a rate limit', () => {
  it('gives a window’s allowance at once, and then one after the other', () => {
    const limit = new RateLimit(3, 60_000);
    expect([0, 0, 0, 0].map(() => limit.take('a', 1000))).toEqual([0, 0, 0, 20]);
    expect(limit.take('b', 1000)).toBe(0);
    expect(limit.take('a', 11_000)).toBe(10);
    expect(limit.take('a', 21_000)).toBe(0);
    expect(limit.take('a', 21_000)).toBe(20);
    expect([0, 0, 0, 0].map(() => limit.take('a', 1e9))).toEqual([0, 0, 0, 20]);
  });

  it('remembers only so many, and forgets the longest unseen', () => {
    const limit = new RateLimit(1, 60_000);
    limit.take('first', 0);
    for (let i = 0; i < 19_999; i++) limit.take(String(i), 0);
    expect(limit.take('first', 0)).toBe(60);
    limit.take('one more', 0);
    expect(limit.take('0', 0)).toBe(0);
    expect(limit.take('first', 0)).toBe(60);
  });
});

describe('who a request is counted for', () => {
  it('is the peer, unless proxies are trusted', () => {
    expect(clientOf('10.0.0.1', '1.1.1.1', 0)).toBe('10.0.0.1');
    expect(clientOf('10.0.0.1', '6.6.6.6, 1.1.1.1', 1)).toBe('1.1.1.1');
    expect(clientOf('10.0.0.1', '6.6.6.6, 1.1.1.1, 2.2.2.2', 2)).toBe('1.1.1.1');
    expect(clientOf('10.0.0.1', 'x, <b>', 1)).toBe('10.0.0.1');
    expect(clientOf('10.0.0.1', '1.1.1.1', 2)).toBe('10.0.0.1');
    expect(clientOf('10.0.0.1', undefined, 1)).toBe('10.0.0.1');
  });

  it('is one for all addresses that a household is given', () => {
    expect(clientOf('::ffff:10.0.0.1', undefined, 0)).toBe('10.0.0.1');
    const all = [
      '2001:db8:1:2::1',
      '2001:DB8:1:2:ffff:ffff:ffff:ffff',
      '2001:db8:1:2:0:0:0:9%eth0',
    ];
    expect(all.map((address) => clientOf(address, undefined, 0))).toEqual(
      all.map(() => '2001:db8:1:2::/64'),
    );
    expect(clientOf('::1', undefined, 0)).toBe('0:0:0:0::/64');
    expect(clientOf('2001:db8::1', undefined, 0)).toBe('2001:db8:0:0::/64');
  });
});
