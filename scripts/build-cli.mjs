/**
 * Builds the command line into a new folder of its cache and prints that folder's path. The argument
 * is the repository's folder. Any number of these may run at once.
 */
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { cacheOf, holdName, stateOf } from './built-cli.mjs';

const [, , root = ''] = process.argv;
const { cache, last } = cacheOf(root);

/** What is started: the command line, and its threads. */
const ENTRIES = ['cli/warmbright.ts', 'cli/threads/sweep-thread.ts', 'cli/threads/wasm-thread.ts'];

/** Small packages that nearly every command needs: one file is read sooner than their many. */
const BUNDLED = /^(valibot|fflate|papaparse|yaml|@bufbuild\/protobuf)(\/|$)/;

/** What is imported by a package's name, and not by a path. */
const PACKAGE = /^(?!\w:[\\/])[\w@]/;

/** What else changes what is built, from the root. */
const ALSO = ['package-lock.json', 'node_modules/.package-lock.json', 'tsconfig.json'];

/** A build that nobody holds is kept so long: somebody may be about to start from it. */
const YOUNGEST_REMOVED_MS = 3_600_000;
/** Whether processes of other machines still run cannot be told; so long their word is taken. */
const LONGEST_HELD_ELSEWHERE_MS = 30 * 24 * 3_600_000;

/**
 * Notes what the build is made from, and lets sources find what lies beside them.
 *
 * @param {Record<string, string>} files
 * @returns {import('vite').Plugin}
 */
function sourcesOf(files) {
  return {
    name: 'cli-sources',
    enforce: 'pre',
    load: (id) => {
      const [path = ''] = id.split('?');
      // Before it is read: what changes from here on makes the build stale.
      if (!id.includes('\0')) files[relative(root, path)] = stateOf(path);
      return null;
    },
    transform: (code, id) => {
      if (!code.includes('import.meta.url')) return null;
      const [path = ''] = id.split('?');
      const url = JSON.stringify(pathToFileURL(path).href);
      // Each line is where it was.
      const mappings = code.replaceAll(/[^\n]+/g, '').replaceAll('\n', ';AACA');
      return {
        code: code.replaceAll('import.meta.url', url),
        map: { version: 3, names: [], sources: [path], mappings: `AAAA${mappings}` },
      };
    },
  };
}

/**
 * @param {string} folder a build's
 * @param {string} mark   the file by which a process holds it
 */
function isHeld(folder, mark) {
  const [, pid = '', host = ''] = /^held-by-(\d+)-on-(.*)$/.exec(mark) ?? [];
  if (mark !== holdName(host, Number(pid))) return false;
  if (host !== hostname()) {
    const { mtimeMs = 0 } = statSync(join(folder, mark), { throwIfNoEntry: false }) ?? {};
    return Date.now() - mtimeMs < LONGEST_HELD_ELSEWHERE_MS;
  }
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} kept the name of the newest build's folder */
function removeOldBuilds(kept) {
  for (const entry of readdirSync(cache, { withFileTypes: true })) {
    const folder = join(cache, entry.name);
    if (!entry.isDirectory() || entry.name === kept) continue;
    try {
      if (Date.now() - statSync(folder).mtimeMs < YOUNGEST_REMOVED_MS) continue;
      if (readdirSync(folder).some((mark) => isHeld(folder, mark))) continue;
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another process removes it.
    }
  }
}

const folder = mkdtempSync(join(cache, 'build-'));
/** @type {Record<string, string>} */
const files = {};
for (const file of [...ALSO.map((name) => join(root, name)), ...builders()]) {
  files[relative(root, file)] = stateOf(file);
}
try {
  await build({
    configFile: false,
    root,
    logLevel: 'silent',
    publicDir: false,
    plugins: [sourcesOf(files)],
    // Which packages are left out is said below.
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20',
      sourcemap: true,
      rolldownOptions: {
        input: ENTRIES.map((entry) => join(root, entry)),
        external: (name) => PACKAGE.test(name) && !BUNDLED.test(name),
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name].js',
          // The sources lie where they lay.
          sourcemapExcludeSources: true,
        },
      },
    },
  });
} catch (error) {
  rmSync(folder, { recursive: true, force: true });
  throw error;
}
/** @type {import('./built-cli.mjs').Build} */
const made = { root, folder: basename(folder), files };
const written = join(folder, 'build.json');
writeFileSync(written, JSON.stringify(made));
renameSync(written, last);
removeOldBuilds(made.folder);
console.log(folder);

/** @returns {string[]} the scripts that build */
function builders() {
  return ['build-cli.mjs', 'built-cli.mjs'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
}
