/**
 * Finds a Chromium for the tests and the command line, installing one where none is.
 *
 * `node scripts/find-chromium.mjs` prints what would be used.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  installFromApt,
  linuxPlaces,
  namedBy,
  puppeteersOwn,
  starts,
  succeeds,
} from './programs.mjs';

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
  return linuxPlaces(names, ['/opt/google/chrome']);
}

function installed() {
  return usualPlaces().find(starts);
}

/** Ubuntu's package is only a pointer to a snap, so the program itself is looked for afterwards. */
function fromApt() {
  return installFromApt('chromium') ? installed() : undefined;
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
    ? puppeteersOwn('chrome')
    : undefined;
}

/**
 * A Chromium that runs here.
 *
 * @returns {Promise<Chromium>}
 */
export async function findChromium() {
  const wished = namedBy('CHROME_PATH');
  if (wished !== undefined) return { path: wished, how: 'CHROME_PATH', args: ARGS };
  /** @type {readonly (readonly [string, () => string | undefined | Promise<string | undefined>])[]} */
  const ways = [
    ['installed', installed],
    ["puppeteer's own", () => puppeteersOwn('chrome')],
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
