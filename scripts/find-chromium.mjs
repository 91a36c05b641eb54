/**
 * Finds a Chromium for the tests and the command line, installing one where none is.
 *
 * `node scripts/find-chromium.mjs` prints what would be used.
 */
import { execFileSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Command-line switches: WebGPU on the processor (SwiftShader), and nothing that calls home.
 * Chromium's sandbox cannot start for root or in most containers, so it is off; the browser only
 * opens the project's own page.
 */
const ARGS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Two pages of the address bar's own in every window, which cost more than the project's page.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup',
];

/** The newest version that runs on Node 20. */
const SPARTICUZ = '@sparticuz/chromium@143.0.4';
const CACHE = fileURLToPath(new URL('../node_modules/.cache/chromium/', import.meta.url));

/**
 * @typedef {object} Chromium
 * @property {string} path where the program is
 * @property {string} how where it came from, for people
 * @property {string[]} args switches to start it with
 */

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Where an installed Chrome or Chromium usually lies, best first. */
function usualPlaces() {
  const home = homedir();
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Google Chrome Canary'].flatMap((name) =>
      ['/Applications', join(home, 'Applications')].map((folder) =>
        join(folder, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    );
  }
  if (process.platform === 'win32') {
    const { PROGRAMFILES, 'PROGRAMFILES(X86)': PROGRAMFILES_X86, LOCALAPPDATA } = process.env;
    return [PROGRAMFILES, PROGRAMFILES_X86, LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) =>
        ['Google\\Chrome', 'Chromium'].map((name) =>
          join(folder, name, 'Application', 'chrome.exe'),
        ),
      );
  }
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'];
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/google/chrome',
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
function starts(path) {
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

function installed() {
  return usualPlaces().find(starts);
}

async function puppeteersOwn() {
  const { default: puppeteer } = await import('puppeteer');
  try {
    const path = puppeteer.executablePath();
    return starts(path) ? path : undefined;
  } catch {
    return undefined;
  }
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
function succeeds(command, args) {
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

function fromApt() {
  if (!mayUseApt()) return undefined;
  console.error('No Chromium found; installing it with apt-get …');
  // An index that cannot be refreshed may still do for the installation.
  succeeds('apt-get', ['update', '-q']);
  // Ubuntu's package is only a pointer to a snap, so the program itself is looked for afterwards.
  return succeeds('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'])
    ? installed()
    : undefined;
}

/**
 * A headless Chromium out of an npm package (Linux only), with shared libraries and fonts of its
 * own; unpacked into node_modules/.cache.
 */
function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const unpacked = join(CACHE, 'unpacked');
  const launcher = join(CACHE, 'chromium.sh');
  if (!existsSync(launcher)) {
    console.error(`No Chromium found; fetching the npm package ${SPARTICUZ} …`);
    mkdirSync(unpacked, { recursive: true });
    if (
      !succeeds('npm', ['install', '--no-save', '--no-package-lock', '--prefix', CACHE, SPARTICUZ])
    )
      return undefined;
    // The package unpacks into the temporary folder; and its libraries only where it takes itself
    // to be in the cloud it was made for.
    execFileSync(
      process.execPath,
      ['-e', "import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())"],
      {
        cwd: CACHE,
        env: { ...process.env, TMPDIR: unpacked, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
        stdio: ['ignore', process.stderr, process.stderr],
      },
    );
    const lines = [
      '#!/bin/sh',
      `export LD_LIBRARY_PATH='${join(unpacked, 'al2023', 'lib')}'`,
      `export FONTCONFIG_PATH='${join(unpacked, 'fonts')}'`,
      `exec '${join(unpacked, 'chromium')}' "$@"`,
      '',
    ];
    writeFileSync(launcher, lines.join('\n'), { mode: 0o755 });
  }
  return starts(launcher) ? launcher : undefined;
}

/** A download of puppeteer's; the last resort, since closed networks refuse it. */
async function download() {
  console.error('No Chromium found; asking puppeteer to download one …');
  return succeeds('npx', ['puppeteer', 'browsers', 'install', 'chrome'])
    ? puppeteersOwn()
    : undefined;
}

/**
 * A Chromium that runs here.
 *
 * @returns {Promise<Chromium>}
 */
export async function findChromium() {
  const wished = process.env['CHROME_PATH'];
  if (wished !== undefined && wished !== '') {
    if (!isProgram(wished)) throw new Error(`CHROME_PATH names ${wished}, which is no program.`);
    return { path: wished, how: 'CHROME_PATH', args: ARGS };
  }
  /** @type {readonly (readonly [string, () => string | undefined | Promise<string | undefined>])[]} */
  const ways = [
    ['installed', installed],
    ["puppeteer's own", puppeteersOwn],
    ['apt-get install chromium', fromApt],
    [SPARTICUZ, fromNpm],
    ["puppeteer's download", download],
  ];
  for (const [how, find] of ways) {
    const path = await find();
    if (path !== undefined) return { path, how, args: ARGS };
  }
  throw new Error('No Chromium was found or could be installed: set CHROME_PATH to one.');
}

if (
  process.argv[1] !== undefined &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  const { path, how } = await findChromium();
  console.log(`Chromium: ${path} (${how})`);
}
