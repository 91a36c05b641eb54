import { expect, it } from 'vitest';
import { macrotask } from './macrotask';

it('lets all who wait go on in their order, each in a turn of its own', async () => {
  const seen: string[] = [];
  const turn = async (name: string): Promise<void> => {
    await macrotask();
    seen.push(name);
    // Comes after what goes on in the same turn, and before what goes on in the next.
    await Promise.resolve();
    seen.push(`after ${name}`);
  };
  await Promise.all([turn('one'), turn('two')]);
  expect(seen).toEqual(['one', 'after one', 'two', 'after two']);
});

it('can be waited for again and again', async () => {
  let turns = 0;
  for (; turns < 3; turns++) await macrotask();
  await Promise.all([macrotask(), macrotask().then(() => macrotask())]);
  expect(turns).toBe(3);
});
