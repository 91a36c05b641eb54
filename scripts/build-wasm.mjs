/**
 * Compiles the WebAssembly engine's AssemblyScript, four times: with and without relaxed SIMD
 * (fused multiply-add), for one thread and for several. Does nothing when all is up to date.
 */
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('../src/engines/wasm/', import.meta.url));
const SOURCES = join(HOME, 'assembly');
const BUILDS = join(HOME, 'build');

/**
 * Kept from the type checker: the compiler's types redefine JavaScript's own, `Array.at` among
 * them, in every file that shares a program with this one.
 *
 * @type {string}
 */
const COMPILER = 'assemblyscript/asc';

/** Largest memory of the threaded builds, in pages of 64 KiB: all that 32 bits can address. */
const MAXIMUM_PAGES = '65536';
const RELAXED = ['--enable', 'relaxed-simd'];
const THREADED = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', MAXIMUM_PAGES];

/** Arguments beside those common to all, by the name of the build. */
const VARIANTS = {
  simd: [],
  relaxed: RELAXED,
  'simd-threads': THREADED,
  'relaxed-threads': [...RELAXED, ...THREADED],
};

const COMMON = [
  '-O3',
  '--enable',
  'simd',
  '--runtime',
  'stub',
  '--noAssert',
  '--importMemory',
  '--noExportMemory',
  // The host keeps the first page free for what the compiler puts into the memory.
  '--initialMemory',
  '1',
  // v128 in a signature: none of these functions is called from outside.
  '--disableWarning',
  '112',
];

/**
 * @param {string} folder
 * @returns {number} when anything in it was last changed, in milliseconds since 1970
 */
function newest(folder) {
  return Math.max(...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs));
}

/** @param {string} name */
function builtAt(name) {
  return statSync(join(BUILDS, `${name}.wasm`), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

export default async function buildWasm() {
  const changed = Math.max(newest(SOURCES), statSync(fileURLToPath(import.meta.url)).mtimeMs);
  const stale = Object.entries(VARIANTS).filter(([name]) => builtAt(name) < changed);
  if (stale.length === 0) return;
  mkdirSync(BUILDS, { recursive: true });
  const asc = (await import(COMPILER)).default;
  for (const [name, args] of stale) {
    /** @type {Map<string, Uint8Array | string>} */
    const written = new Map();
    const { error, stderr } = await asc.main(
      ['index.ts', '--baseDir', SOURCES, '--outFile', 'out.wasm', ...COMMON, ...args],
      {
        /** @type {(file: string, contents: Uint8Array | string) => void} */
        writeFile: (file, contents) => void written.set(file, contents),
      },
    );
    const module = written.get('out.wasm');
    if (error !== null || module === undefined) {
      throw new Error(`The WebAssembly engine does not compile:\n${stderr.toString()}`);
    }
    writeFileSync(join(BUILDS, `${name}.wasm`), module);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWasm();
