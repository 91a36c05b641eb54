/** Asking again what fails now and then. */
import { setTimeout } from 'node:timers/promises';

/**
 * What the question brings, at the latest when it is asked after the last pause; everything that is
 * asked may be done twice. S3 stores fail now and then, and mean it to be tried again.
 *
 * @param isFinal whether it is no use to ask again after that
 * @throws what the question throws
 */
export async function askAgain<T>(
  question: () => Promise<T>,
  pausesMs: readonly number[],
  isFinal: (error: unknown) => boolean = () => false,
): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await question();
    } catch (error) {
      if (isFinal(error)) throw error;
      await setTimeout(pause);
    }
  }
  return question();
}
