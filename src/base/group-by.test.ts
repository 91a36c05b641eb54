import { expect, it } from 'vitest';
import { groupBy } from './group-by';

it('groups items in the order in which they and their keys come', () => {
  const groups = groupBy(['bright', 'warm', 'big', 'wide', 'big'], (word) => word[0]);
  expect([...groups]).toEqual([
    ['b', ['bright', 'big', 'big']],
    ['w', ['warm', 'wide']],
  ]);
  expect(groupBy(new Set<number>(), (value) => value).size).toBe(0);
});
