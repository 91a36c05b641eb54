import { describe, expect, it } from 'vitest';
import { freePort } from './free-port';

describe('a free port', () => {
  it('is another at each call, and none that a system gives away', async () => {
    const ports = [await freePort(), await freePort(), await freePort()];
    expect(new Set(ports).size).toBe(3);
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(20_000);
    expect(Math.max(...ports)).toBeLessThan(32_768);
  });
});
