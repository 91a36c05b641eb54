import { expect, it } from 'vitest';
import { within } from './within';

it('gives what comes in time, and passes on what fails', async () => {
  await expect(within(10_000, 'a number', Promise.resolve(7))).resolves.toBe(7);
  await expect(within(10_000, 'a number', Promise.reject(new Error('none')))).rejects.toThrow(
    /^none$/,
  );
});

it('says what it waited for, how long, and what came instead', async () => {
  const never = new Promise<never>(() => undefined);
  await expect(within(20, 'a number', never)).rejects.toThrow(/^Waited 0\.02 s for a number\.$/);
  await expect(within(20, 'a number', never, () => 'two letters')).rejects.toThrow(
    /^Waited 0\.02 s for a number; instead: two letters\.$/,
  );
});
