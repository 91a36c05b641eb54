/** Programs that the checks need from outside the repository: whether they are there, and getting them. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {string} path */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Where programs of these names would lie on Linux, best first.
 *
 * @param {readonly string[]} names
 * @param {readonly string[]} [more] folders beside those that are searched for every program
 */
export function linuxPlaces(names, more = []) {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
    '/usr/bin',
    '/usr/local/bin',
    ...more,
    '/snap/bin',
  ];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * Whether a browser starts: a distribution may hold only a pointer to a snap under the usual name,
 * and a download may lack shared libraries.
 *
 * @param {string} path
 */
export function starts(path) {
  if (!isProgram(path)) return false;
  // Chrome for Windows does not know --version and would open a window.
  if (process.platform === 'win32') return true;
  try {
    execFileSync(path, ['--version'], { stdio: 'ignore', timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * The browser that puppeteer has downloaded, where it has and it starts.
 *
 * @param {'chrome' | 'firefox'} browser
 */
export async function puppeteersOwn(browser) {
  const { default: puppeteer } = await import('puppeteer');
  try {
    const path = await puppeteer.executablePath({ browser });
    return starts(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The program that a variable of the environment names; undefined where none does.
 *
 * @param {string} variable
 * @throws Error where it names something else
 */
export function namedBy(variable) {
  const path = process.env[variable];
  if (path === undefined || path === '') return undefined;
  if (!isProgram(path)) throw new Error(`${variable} names ${path}, which is no program.`);
  return path;
}

/** Whether this is Debian or a child of it, and we may install packages. */
function mayUseApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  if (!existsSync('/etc/os-release') || !isProgram('/usr/bin/apt-get')) return false;
  return /^ID(_LIKE)?=.*\bdebian\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Runs a program with its output on standard error, so that standard output stays the caller's.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {boolean} whether it succeeded
 */
export function succeeds(command, args) {
  try {
    execFileSync(command, args, {
      stdio: ['ignore', process.stderr, process.stderr],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      // A closed network may keep a download waiting for ever.
      timeout: 300_000,
      shell: process.platform === 'win32',
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs a package of Debian's, where that may be done here.
 *
 * @param {string} name
 * @returns {boolean} whether it is installed now
 */
export function installFromApt(name) {
  if (!mayUseApt()) return false;
  console.error(`Installing ${name} with apt-get …`);
  // An index that cannot be refreshed may still do for the installation.
  succeeds('apt-get', ['update', '-q']);
  return succeeds('apt-get', ['install', '-y', '-q', '--no-install-recommends', name]);
}
