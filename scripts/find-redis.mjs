/** Finds a redis-server for the tests of sweeps by a queue, which are skipped where there is none. */
import { installFromApt, linuxPlaces, namedBy, starts } from './programs.mjs';

/** Where an installed one usually lies, best first. */
function installed() {
  const places =
    process.platform === 'darwin'
      ? ['/opt/homebrew/bin/redis-server', '/usr/local/bin/redis-server']
      : linuxPlaces(['redis-server', 'valkey-server']);
  // None is made for Windows.
  return process.platform === 'win32' ? undefined : places.find(starts);
}

/**
 * The path of a Redis that runs here; null where there is none.
 *
 * @param {boolean} [install] whether one may be installed where there is none
 * @returns {string | null}
 * @throws Error where REDIS_PATH names something that is no program
 */
export function findRedis(install = false) {
  const path = namedBy('REDIS_PATH') ?? installed();
  if (path !== undefined) return path;
  return (install && installFromApt('redis-server') ? installed() : undefined) ?? null;
}
