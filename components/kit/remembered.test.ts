import { describe, expect, it } from 'vitest';
import { remembered } from './remembered';

/** A browser's storage, as much of it as is used. */
function storageOf(kept: Map<string, string>) {
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      kept.set(key, value);
    },
    removeItem: (key: string) => {
      kept.delete(key);
    },
  };
}

describe('what is remembered between visits', () => {
  it('is kept under its key, and forgotten', () => {
    const kept = new Map<string, string>();
    const visit = () => remembered('colours', () => storageOf(kept));
    expect(visit().read()).toBe(null);
    visit().write('dark');
    expect([...kept]).toEqual([['colours', 'dark']]);
    expect(visit().read()).toBe('dark');
    visit().write(null);
    expect(visit().read()).toBe(null);
    expect(kept.size).toBe(0);
  });

  it('is remembered until the page is left where the browser names no storage', () => {
    const closed = (): never => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    const colours = remembered('colours', closed);
    expect(colours.read()).toBe(null);
    colours.write('dark');
    expect(colours.read()).toBe('dark');
    colours.write(null);
    expect(colours.read()).toBe(null);
    expect(remembered('colours', closed).read()).toBe(null);
  });

  it('is remembered until the page is left where the storage is full', () => {
    const kept = new Map([['colours', 'light']]);
    const full = {
      ...storageOf(kept),
      setItem: (): never => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      },
    };
    const colours = remembered('colours', () => full);
    colours.write('dark');
    expect(colours.read()).toBe('dark');
    colours.write(null);
    expect(colours.read()).toBe(null);
    expect(kept.size).toBe(0);
  });
});
