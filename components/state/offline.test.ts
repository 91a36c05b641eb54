import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchPointer } from '../kit/pointer-held';
import { workOffline } from './offline';

const page = new EventTarget();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubEnv('PROD', true);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** Opens the page. @returns how often its service worker has been asked for */
function openPage(readyState: DocumentReadyState): () => number {
  const register = vi.fn(() => Promise.reject(new Error('refused')));
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('document', { readyState });
  vi.stubGlobal('navigator', { serviceWorker: { register } });
  watchPointer();
  workOffline(() => undefined);
  return () => register.mock.calls.length;
}

it('copies the page six seconds after it is loaded', () => {
  const asked = openPage('loading');
  vi.advanceTimersByTime(60_000);
  expect(asked()).toBe(0);
  page.dispatchEvent(new Event('load'));
  vi.advanceTimersByTime(5999);
  expect(asked()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(asked()).toBe(1);
});

it('lets a drag end first', () => {
  const asked = openPage('complete');
  page.dispatchEvent(new Event('pointerdown'));
  vi.advanceTimersByTime(11_999);
  expect(asked()).toBe(0);
  page.dispatchEvent(new Event('pointerup'));
  vi.advanceTimersByTime(1);
  expect(asked()).toBe(1);
});
