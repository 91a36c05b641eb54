import { describe, expect, it, vi } from 'vitest';
import { KeepAwake } from './keep-awake';

describe('what keeps the machine awake', () => {
  it('holds one lock from the first wish to the last, and asks again once it is seen again', async () => {
    const release = vi.fn(() => Promise.resolve());
    const request = vi.fn(() => Promise.resolve({ release }));
    const awake = new KeepAwake({ wakeLock: { request } });
    awake.shown();
    expect(request).not.toHaveBeenCalled();
    awake.set(true);
    awake.set(true);
    expect(request).toHaveBeenCalledTimes(1);
    awake.shown();
    expect(request).toHaveBeenCalledTimes(2);
    awake.set(false);
    await vi.waitFor(() => {
      expect(release).toHaveBeenCalledTimes(1);
    });
    awake.shown();
    expect(request).toHaveBeenCalledTimes(2);
  });

  it('does nothing where the browser has no such lock, or refuses it', async () => {
    new KeepAwake({}).set(true);
    const request = vi.fn(() => Promise.reject(new Error('the battery is low')));
    const awake = new KeepAwake({ wakeLock: { request } });
    awake.set(true);
    awake.set(false);
    await vi.waitFor(() => {
      expect(request).toHaveBeenCalledTimes(1);
    });
  });
});
