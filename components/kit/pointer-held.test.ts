import { afterEach, expect, it, vi } from 'vitest';
import { isPointerHeld, watchPointer } from './pointer-held';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('a pointer is held from where it goes down until it is lifted, or the window is left', () => {
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  watchPointer();
  const after = (...events: readonly string[]): boolean => {
    for (const name of events) page.dispatchEvent(new Event(name));
    return isPointerHeld();
  };
  expect(after()).toBe(false);
  expect(after('pointerdown', 'pointermove')).toBe(true);
  expect(after('pointerup')).toBe(false);
  expect(after('pointerdown', 'pointercancel')).toBe(false);
  expect(after('pointerdown', 'blur')).toBe(false);
});
