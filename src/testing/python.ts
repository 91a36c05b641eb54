/** Python with modules that do not come with it, where the machine has them. For tests only, in Node. */
import { spawnSync } from 'node:child_process';

const PROBE_MS = 30_000;

/**
 * Whether an interpreter has all the modules; none is loaded, which would take seconds.
 *
 * @param python the interpreter's name or path
 */
export function hasPythonModules(python: string, ...names: readonly string[]): boolean {
  const look =
    'import importlib.util as u, sys; sys.exit(any(u.find_spec(it) is None for it in sys.argv[1:]))';
  const { status } = spawnSync(python, ['-c', look, ...names], {
    stdio: 'ignore',
    timeout: PROBE_MS,
  });
  return status === 0;
}
