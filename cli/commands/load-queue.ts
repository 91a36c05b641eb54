/** The workspace `queue`, whose packages are not installed everywhere. */
import { InputError } from '../../src/base/input-error';

type QueueModule = typeof import('../../queue/main');

/**
 * @param load imports it
 * @throws InputError where a package that it needs is not installed
 */
export async function loadQueue(
  load: () => Promise<QueueModule> = () => import('../../queue/main'),
): Promise<QueueModule> {
  try {
    return await load();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new InputError(
      'Queues need packages that are not installed here: "npm ci" installs them.',
    );
  }
}
