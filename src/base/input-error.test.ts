import { expect, it } from 'vitest';
import { InputError, readingFile } from './input-error';

const refuse = (): never => {
  throw new InputError('It is empty.');
};

it('puts the name of a file before why it is refused', async () => {
  await expect(readingFile('mine.csv', refuse)).rejects.toStrictEqual(
    new InputError('mine.csv: It is empty.'),
  );
  await expect(readingFile(undefined, refuse)).rejects.toThrow(/^It is empty\.$/);
});

it('leaves what it reads, and faults of the program, as they are', async () => {
  expect(await readingFile('mine.csv', () => 3)).toBe(3);
  const fault = new TypeError('x is undefined');
  await expect(readingFile('mine.csv', () => Promise.reject(fault))).rejects.toBe(fault);
});
