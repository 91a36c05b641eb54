/** `npm run bench -- --pack FILE`: the bench, Node and WebGPU in one archive that runs anywhere. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import buildWasm from '../../scripts/build-wasm.mjs';
import { InputError } from '../../src/base/input-error';
import { WASM_BUILDS } from '../../src/engines/wasm/builds';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The folder in the archive. */
const KIT = 'warmbright-bench';

/** So that it can be sent by what takes no large files. */
const MOST_BYTES = 60_000_000;

/** What is written in TypeScript, each an entry of its own. */
const ENTRIES = {
  'run-kit': 'bench/kit/run-kit.ts',
  'kit-peer': 'bench/kit/kit-peer.ts',
  'wasm-thread': 'cli/threads/wasm-thread.ts',
};

const PYTHON_PEERS = ['peer_lines.py', 'pytorch.py', 'jax_peer.py'];

export interface Packed {
  readonly bytes: number;
  /** How it is compressed. */
  readonly compression: 'gzip' | 'xz';
}

/**
 * @param file         a .tar.gz; where xz is at hand, a .tar.xz is a third smaller
 * @param vulkanLoader libvulkan.so.1 for machines that have a driver and no loader; null: none
 * @throws InputError where npm's `webgpu` is not installed or not built for this platform, the loader
 *   is not there, or the archive would be too large
 */
export async function packKit(file: string, vulkanLoader: string | null): Promise<Packed> {
  const compression = compressionOf(file);
  const staging = mkdtempSync(join(tmpdir(), 'warmbright-kit-'));
  try {
    await stageKit(join(staging, KIT), vulkanLoader);
    const path = resolve(file);
    mkdirSync(dirname(path), { recursive: true });
    const letter = compression === 'gzip' ? 'z' : 'J';
    const owner = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name'];
    const { status, stderr, error } = spawnSync(
      'tar',
      [`-c${letter}f`, path, ...owner, '-C', staging, KIT],
      { encoding: 'utf8', env: { ...process.env, GZIP: '-9', XZ_OPT: '-6 -T0' } },
    );
    if (status !== 0) {
      throw new Error(`tar does not pack the kit: ${error?.message ?? stderr.trim()}`);
    }
    const { size } = statSync(path);
    if (size > MOST_BYTES) {
      rmSync(path);
      throw new InputError(
        `${file}: The kit takes ${String(Math.ceil(size / 1e6))} MB, more than 60; a name that ends in .tar.xz packs it smaller.`,
      );
    }
    return { bytes: size, compression };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** @throws InputError where the name is of no archive */
function compressionOf(file: string): Packed['compression'] {
  if (/\.(tar\.gz|tgz)$/.test(file)) return 'gzip';
  if (/\.(tar\.xz|txz)$/.test(file)) return 'xz';
  throw new InputError(`${file}: The kit is a .tar.gz or a .tar.xz.`);
}

/**
 * Puts all that the archive holds into a folder that is not there yet.
 *
 * @throws InputError as {@link packKit} does, but for the size
 */
export async function stageKit(folder: string, vulkanLoader: string | null): Promise<void> {
  const at = (...names: string[]): string => {
    const path = join(folder, ...names);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  stageWebGpu(at);
  await buildWasm();
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['webgpu'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: at('bench'),
      emptyOutDir: false,
      copyPublicDir: false,
      rolldownOptions: { input: ENTRIES, output: { entryFileNames: '[name].js' } },
    },
  });
  for (const name of WASM_BUILDS) {
    copyFileSync(
      join(ROOT, `src/engines/wasm/build/${name}.wasm`),
      at('bench/wasm', `${name}.wasm`),
    );
  }
  for (const name of PYTHON_PEERS) {
    copyFileSync(join(ROOT, 'bench/peers', name), at('bench/peers', name));
  }
  writeFileSync(at('bench/package.json'), '{ "type": "module" }\n');
  copyFileSync(process.execPath, at('bin/node'));
  chmodSync(at('bin/node'), 0o755);
  copyFileSync(join(ROOT, 'bench/kit/run.sh'), at('run'));
  chmodSync(at('run'), 0o755);
  copyFileSync(join(ROOT, 'LICENSE'), at('LICENSE'));
  if (vulkanLoader === null) return;
  if (!existsSync(vulkanLoader)) {
    throw new InputError(
      `${vulkanLoader}: This file is not there; --vulkan-loader takes libvulkan.so.1.`,
    );
  }
  // By the name that Dawn asks for.
  copyFileSync(vulkanLoader, at('lib/libvulkan.so.1'));
}

/** The one package that is no JavaScript, and of it the one platform. */
function stageWebGpu(at: (...names: string[]) => string): void {
  const from = join(ROOT, 'node_modules/webgpu');
  const native = `dist/${process.platform}-${process.arch}`;
  if (!existsSync(join(from, native))) {
    const wanted = basename(native);
    throw new InputError(
      `npm's webgpu is not installed, or not built for ${wanted}; npm ci installs it.`,
    );
  }
  for (const name of ['package.json', 'index.js', 'LICENSE.md']) {
    copyFileSync(join(from, name), at('bench/node_modules/webgpu', name));
  }
  cpSync(join(from, native), at('bench/node_modules/webgpu', native), { recursive: true });
}
