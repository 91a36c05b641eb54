/**
 * Something that came from outside (a file, a link, a saved run) cannot be used.
 *
 * The message is one sentence for people and names the line, column or tensor at fault.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/**
 * Does what reads a file, whose refusal then begins with the file's name.
 *
 * @param name undefined where it has none
 * @throws InputError what the work throws, with the name before it
 */
export async function readingFile<T>(
  name: string | undefined,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (name === undefined || !(error instanceof InputError)) throw error;
    throw new InputError(`${name}: ${error.message}`, { cause: error });
  }
}
