import { describe, expect, it, vi } from 'vitest';
import { InputError } from '../base/input-error';
import { STORAGE_DEADLINE_MS, StorageError, stored } from './storage-error';

const failing = (error: Error): Promise<never> => stored(() => Promise.reject(error));

describe('storage that fails', () => {
  it('says what stands and what to do when it is full', async () => {
    const full = failing(new DOMException('', 'QuotaExceededError'));
    await expect(full).rejects.toThrow(StorageError);
    await expect(full).rejects.toThrow(/no room left.*last checkpoint stands.*delete.*download/);
  });

  it('names any other reason', async () => {
    const refused = failing(new DOMException('', 'SecurityError'));
    await expect(refused).rejects.toThrow(StorageError);
    await expect(refused).rejects.toThrow(/cannot be used \(SecurityError\).*download/);
  });

  it('advises what is asked of it', async () => {
    const advice = { full: 'delete tests', closed: 'export it' };
    const fail = (name: string): Promise<never> =>
      stored(() => Promise.reject(new DOMException('', name)), advice);
    await expect(fail('QuotaExceededError')).rejects.toThrow(/save this; delete tests\.$/);
    await expect(fail('SecurityError')).rejects.toThrow(/\(SecurityError\); export it\.$/);
  });

  it('passes on what is wrong with the input', async () => {
    await expect(failing(new InputError('Wrong.'))).rejects.toThrow(InputError);
  });

  it('does not wait for ever for a storage that answers nothing', async () => {
    vi.useFakeTimers();
    try {
      const silent = stored(() => new Promise<never>(() => undefined));
      const refused = expect(silent).rejects.toThrow(/not answered for 50 s; download the model/);
      await vi.advanceTimersByTimeAsync(STORAGE_DEADLINE_MS);
      await refused;
    } finally {
      vi.useRealTimers();
    }
  });
});
