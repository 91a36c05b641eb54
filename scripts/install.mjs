/** What both commands a newcomer types need first. Only Node's own modules: nothing is installed yet. */
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_NODE = [20, 19];

/** Ends the process with one sentence when Node is too old for the tools. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantMajor = 0, wantMinor = 0] = OLDEST_NODE;
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return;
  console.error(
    `Warmbright needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}. ` +
      'See https://nodejs.org/ for a newer one.',
  );
  process.exit(1);
}

/**
 * Runs a command in the repository, and gives its exit status.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {(output: string) => void} [collect] takes what it writes; else that is shown as it comes
 * @returns {Promise<number>}
 */
export function runCommand(command, args, collect) {
  return new Promise((resolve, reject) => {
    // npm and npx are shell scripts on Windows, which only a shell can start.
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: collect === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => collect?.(text));
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(signal === null ? (code ?? 1) : 1);
    });
  });
}

/** npm writes this file at the end of each installation. */
const INSTALLED = new URL('../node_modules/.package-lock.json', import.meta.url);
const LOCK = new URL('../package-lock.json', import.meta.url);

/** npm puts this link there with the packages of the share server, and not without. */
const SERVER = new URL('../node_modules/warmbright-server', import.meta.url);

/**
 * Runs `npm ci` when node_modules is missing or older than the lock file.
 *
 * @param {object} [choice]
 * @param {boolean} [choice.server] whether the packages of the share server are needed as well
 */
export async function ensureInstalled({ server = false } = {}) {
  const current = existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs;
  if (current && (!server || existsSync(SERVER))) return;
  console.log('Installing dependencies (npm ci) …');
  const code = await runCommand('npm', server ? ['ci'] : ['ci', '--workspaces=false']);
  if (code !== 0) {
    console.error('npm ci failed; its reason is above.');
    process.exit(code);
  }
}
