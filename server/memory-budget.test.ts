import { describe, expect, it } from 'vitest';
import { MemoryBudget } from './memory-budget';

const never = new AbortController().signal;

describe('a memory budget', () => {
  it('lets in as many as there is room for, in their order', async () => {
    const budget = new MemoryBudget(10);
    const free = await budget.take(8, never);
    const order: string[] = [];
    const large = budget.take(4, never).then((go) => {
      order.push('large');
      return go;
    });
    const small = budget.take(1, never).then((go) => {
      order.push('small');
      return go;
    });
    await Promise.resolve();
    expect([order, budget.used]).toEqual([[], 8]);
    free();
    free();
    (await large)();
    (await small)();
    expect([order, budget.used]).toEqual([['large', 'small'], 0]);
  });

  it('forgets who is gone, and lets those behind go on', async () => {
    const budget = new MemoryBudget(10);
    const free = await budget.take(8, never);
    const leaving = new AbortController();
    const gone = budget.take(9, leaving.signal);
    const behind = budget.take(2, never);
    leaving.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    (await behind)();
    free();
    expect(budget.used).toBe(0);
    await expect(new MemoryBudget(1).take(2, AbortSignal.abort(new Error('late')))).rejects.toThrow(
      'late',
    );
  });
});
