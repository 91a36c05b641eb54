import { describe, expect, it } from 'vitest';
import { savedWhen } from './saved-when';

describe('when a run was saved', () => {
  it('is a date where there is one', () => {
    expect(savedWhen(Date.UTC(2026, 10, 15, 12))).toMatch(/^15 Nov 2026, \d\d:00$/);
  });

  it.each([1e300, -1e17, 8.64e15 + 1])('is no date at %d', (savedAt) => {
    expect(savedWhen(savedAt)).toBe('date unknown');
  });
});
