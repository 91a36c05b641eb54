import { describe, expect, it } from 'vitest';
import { MemoryBudget, type Room } from './memory-budget';

const never = new AbortController().signal;

describe('a memory budget', () => {
  it('lets in as many as there is room for, in their order', async () => {
    const budget = new MemoryBudget(10);
    const first = await budget.take('a', 8, never);
    const order: string[] = [];
    const enter = async (name: string, bytes: number): Promise<Room> => {
      const room = await budget.take(name, bytes, never);
      order.push(name);
      return room;
    };
    const [large, small] = [enter('large', 4), enter('small', 1)];
    await new Promise(setImmediate);
    expect([order, budget.used]).toEqual([[], 8]);
    first.shrink(9);
    expect(budget.used).toBe(8);
    first.shrink(6);
    (await large).free();
    (await small).free();
    expect([order, budget.used]).toEqual([['large', 'small'], 6]);
    first.free();
    first.free();
    expect(budget.used).toBe(0);
  });

  it('gives one client no more than a quarter, and lets others past', async () => {
    const budget = new MemoryBudget(16);
    const rooms = [await budget.take('a', 2, never), await budget.take('a', 2, never)];
    let entered = false;
    const third = budget.take('a', 1, never).then((room) => {
      entered = true;
      return room;
    });
    rooms.push(await budget.take('b', 3, never));
    await new Promise(setImmediate);
    expect([entered, budget.used]).toEqual([false, 7]);
    rooms[0]?.free();
    rooms.push(await third);
    // What is larger than a quarter is let in alone.
    rooms.push(await budget.take('c', 9, never));
    for (const room of rooms) room.free();
    expect(budget.used).toBe(0);
  });

  it('forgets who is gone, and lets those behind go on', async () => {
    const budget = new MemoryBudget(10);
    const first = await budget.take('a', 8, never);
    const leaving = new AbortController();
    const gone = budget.take('b', 9, leaving.signal);
    const behind = budget.take('c', 2, never);
    leaving.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    (await behind).free();
    first.free();
    expect(budget.used).toBe(0);
    const late = AbortSignal.abort(new Error('late'));
    await expect(budget.take('d', 1, late)).rejects.toThrow('late');
  });
});
