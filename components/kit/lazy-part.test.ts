import { describe, expect, it } from 'vitest';
import { LazyPart } from './lazy-part';

describe('a part of the page that is loaded when it is first shown', () => {
  it('is imported once, and not before', async () => {
    let imports = 0;
    const part = new LazyPart('The part', () => Promise.resolve(++imports));
    expect([imports, part.module]).toEqual([0, null]);
    const first = part.load();
    expect([imports, part.module]).toEqual([1, null]);
    expect(await Promise.all([first, part.load()])).toEqual([1, 1]);
    expect([imports, part.module, part.failed]).toEqual([1, 1, false]);
  });

  it('tells when it cannot be had, and is not asked for again', async () => {
    let imports = 0;
    const part = new LazyPart('The part', () => {
      imports++;
      return Promise.reject(new Error('no server'));
    });
    await expect(part.load()).rejects.toThrow('no server');
    await expect(part.load()).rejects.toThrow('no server');
    expect([imports, part.module, part.failed]).toEqual([1, null, true]);
  });
});
