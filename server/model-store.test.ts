import { createStorage, type Driver, type Storage } from 'unstorage';
import memory from 'unstorage/drivers/memory';
import { describe, expect, it } from 'vitest';
import { modelIdOf } from '../src/share/short-link';
import { ModelStore, StoreError } from './model-store';

const LIMITS = { mostUploads: 1000, expireDays: null, timeoutMs: 30_000 };
const BYTES = new TextEncoder().encode('a model');
const ID = await modelIdOf(BYTES);
const DAY = 86_400_000;

/** A store whose every step waits until the others had theirs, in an order drawn from the seed. */
function shuffled(seed: number): Storage {
  let state = seed;
  const pause = async (): Promise<void> => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    for (let turns = state % 7; turns > 0; turns--) await new Promise(setImmediate);
  };
  const inner: Driver = memory();
  return createStorage({
    driver: {
      ...inner,
      hasItem: async (key, options) => {
        await pause();
        return inner.hasItem(key, options);
      },
      getItemRaw: async (key, options) => {
        await pause();
        return inner.getItemRaw?.(key, options);
      },
      setItemRaw: async (key, value, options) => {
        await pause();
        await inner.setItemRaw?.(key, value, options);
        await pause();
      },
      removeItem: async (key, options) => {
        await pause();
        await inner.removeItem?.(key, options);
        await pause();
      },
      getKeys: async (base, options) => {
        await pause();
        const keys = await inner.getKeys(base, options);
        await pause();
        return keys;
      },
    },
  });
}

describe('a store that several servers share', () => {
  it('keeps a model as long as anyone’s upload stands, however their steps interleave', async () => {
    for (let seed = 1; seed <= 200; seed++) {
      const storage = shuffled(seed);
      const [one, two] = [new ModelStore(storage, LIMITS), new ModelStore(storage, LIMITS)];
      const first = await one.add(ID, BYTES);
      const [left, second] = await Promise.all([one.release(ID, first), two.add(ID, BYTES)]);
      expect(left, `seed ${String(seed)}`).not.toBeNull();
      expect((await two.read(ID))?.toString(), `seed ${String(seed)}`).toBe('a model');
      expect(await one.release(ID, second)).toBe('gone');
      expect(await two.read(ID)).toBeNull();
      expect(await storage.getKeys()).toEqual([]);
    }
  });

  it('lets a model go once its last upload has expired', async () => {
    const store = new ModelStore(createStorage({ driver: memory() }), {
      ...LIMITS,
      expireDays: 10,
    });
    await store.add(ID, BYTES, 0);
    const second = await store.add(ID, BYTES, 5 * DAY);
    await store.tend(10 * DAY);
    expect(store.uploads).toBe(2);
    await store.tend(11 * DAY);
    expect([store.uploads, await store.has(ID)]).toEqual([1, true]);
    await store.tend(16 * DAY);
    expect([store.uploads, await store.has(ID)]).toEqual([0, false]);
    expect(await store.release(ID, second)).toBeNull();
  });

  it('counts what others have put there', async () => {
    const storage = createStorage({ driver: memory() });
    const limits = { ...LIMITS, mostUploads: 2 };
    const [one, two] = [new ModelStore(storage, limits), new ModelStore(storage, limits)];
    await one.add(ID, BYTES);
    await two.add(ID, BYTES);
    await one.tend();
    await expect(one.add(ID, BYTES)).rejects.toThrow('as many models as it may');
  });

  it('says so where it keeps nothing, or does not answer', async () => {
    const inner: Driver = memory();
    const forgets = createStorage({ driver: { ...inner, setItemRaw: () => undefined } });
    await expect(new ModelStore(forgets, LIMITS).probe()).rejects.toThrow('does its bucket exist?');
    await expect(new ModelStore(forgets, LIMITS).add(ID, BYTES)).rejects.toThrow(StoreError);
    let failures = 0;
    const failing = (times: number): ModelStore => {
      failures = times;
      const hasItem = () => (failures-- > 0 ? Promise.reject(new Error('503')) : true);
      return new ModelStore(createStorage({ driver: { ...inner, hasItem } }), LIMITS);
    };
    expect(await failing(2).has(ID)).toBe(true);
    await expect(failing(3).has(ID)).rejects.toThrow(StoreError);
    const hangs = createStorage({
      driver: { ...inner, hasItem: () => new Promise<boolean>(() => undefined) },
    });
    const store = new ModelStore(hangs, { ...LIMITS, timeoutMs: 10 });
    await expect(store.has(ID)).rejects.toThrow('did not answer within 0.01 s.');
  });
});
