/**
 * The command line as JavaScript. It is built where that has not been done since one of its sources
 * changed; a start then takes a fifth of the time that translating them each time would.
 */
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './install.mjs';

/**
 * What is written once a build is whole.
 *
 * @typedef {object} Build
 * @property {string} root   the repository's folder, since a build names its sources by whole paths
 * @property {string} folder the build's, in {@link cacheOf}
 * @property {Record<string, string>} files what {@link stateOf} each file was that it was made from,
 *   by its path from the root
 */

const BUILDER = fileURLToPath(new URL('build-cli.mjs', import.meta.url));

/** Far above what a build takes on a busy machine. */
const LONGEST_BUILD_MS = 120_000;

/**
 * Where builds lie, each in a folder of its own, and which of them is the last.
 *
 * @param {string} root
 */
export function cacheOf(root) {
  const cache = join(root, 'node_modules', '.cache', 'cli');
  return { cache, last: join(cache, 'last.json') };
}

/**
 * Differs whenever a file was changed, also where an older one took its place.
 *
 * @param {string} path
 */
export function stateOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 'none' : `${String(found.mtimeMs)} ${String(found.size)}`;
}

/**
 * @param {string} root
 * @returns {string | null} the folder of the last build, where its sources are still the same
 */
function freshBuild(root) {
  const { cache, last } = cacheOf(root);
  try {
    /** @type {Build} */
    const build = JSON.parse(readFileSync(last, 'utf8'));
    const same = Object.entries(build.files).every(
      ([file, state]) => stateOf(join(root, file)) === state,
    );
    return build.root === root && same ? join(cache, build.folder) : null;
  } catch {
    return null;
  }
}

/**
 * In a process of its own: the bundler is large, and only wanted now and then.
 *
 * @param {string} root
 * @returns {string | null} null where nothing may be written, or the sources cannot be built
 */
function newBuild(root) {
  const { cache } = cacheOf(root);
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
  } catch {
    return null;
  }
  const { status, stdout } = spawnSync(process.execPath, [BUILDER, root], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: LONGEST_BUILD_MS,
  });
  return status === 0 ? stdout.trim() : null;
}

/**
 * Says that this process may load more of a build, which is then not removed.
 *
 * @param {string} folder
 */
function hold(folder) {
  const mark = join(folder, holdName(hostname(), process.pid));
  try {
    writeFileSync(mark, '');
  } catch {
    // Nobody can remove it either where nothing may be written.
    return;
  }
  process.once('exit', () => {
    try {
      unlinkSync(mark);
    } catch {
      // Somebody has removed it.
    }
  });
}

/**
 * @param {string} host
 * @param {number} pid
 */
export function holdName(host, pid) {
  return `held-by-${String(pid)}-on-${host}`;
}

/** @type {Map<string, string | null>} */
const found = new Map();

/**
 * The folder of a build that is as new as its sources: `warmbright.js` and the threads in it. A
 * process is given the same one whenever it asks.
 *
 * @param {string} [root]
 * @returns {string | null} null where there is none and none can be made
 */
export function builtCli(root = ROOT) {
  let folder = found.get(root);
  if (folder === undefined) {
    folder = freshBuild(root) ?? newBuild(root);
    if (folder !== null) hold(folder);
    found.set(root, folder);
  }
  return folder;
}

/** For vitest, before all tests: else each of their processes would find nothing built, and build it. */
export default function build() {
  builtCli();
}
