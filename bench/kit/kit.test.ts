/** What the kit holds, and that it starts without any environment. What it measures: `npm run kit`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/input-error';
import { sharedFile } from '../../src/testing/shared-files';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { packKit, stageKit } from './pack';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NATIVE = `dist/${process.platform}-${process.arch}/dawn.node`;

/** Only on a platform that npm's webgpu is built for. */
describe.skipIf(!existsSync(join(ROOT, 'node_modules', 'webgpu', NATIVE)))('the kit', () => {
  const folder = temporaryFolder();
  const home = folder.at('kit');
  let files: string[] = [];

  beforeAll(async () => {
    await stageKit(home, folder.write('any-loader.so', 'a loader'));
    files = readdirSync(home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(home, join(entry.parentPath, entry.name)));
  }, 120_000);

  it('holds Node, the bench as plain JavaScript, and of packages what is native', () => {
    const bundled = files.filter((file) => /^bench\/(assets\/)?[^/]+\.js$/.test(file));
    expect(bundled).toEqual(
      expect.arrayContaining(['bench/run-kit.js', 'bench/kit-peer.js', 'bench/wasm-thread.js']),
    );
    expect(files.filter((file) => !bundled.includes(file)).sort()).toEqual(
      [
        'LICENSE',
        'bench/package.json',
        ...['jax_peer', 'peer_lines', 'pytorch'].map((name) => `bench/peers/${name}.py`),
        ...['package.json', 'index.js', 'LICENSE.md', NATIVE].map(
          (name) => `bench/node_modules/webgpu/${name}`,
        ),
        ...['relaxed-threads', 'relaxed', 'simd-threads', 'simd'].map(
          (name) => `bench/wasm/${name}.wasm`,
        ),
        'bin/node',
        'lib/libvulkan.so.1',
        'run',
      ].sort(),
    );
  });

  it('asks for no package but those it holds', () => {
    const asked = files
      .filter((file) => file.endsWith('.js') && !file.includes('node_modules'))
      .flatMap((file) =>
        Array.from(
          readFileSync(join(home, file), 'utf8').matchAll(
            /^import (?:[^'"\n]* from )?["']([^.'"\n][^'"\n]*)["'];$/gm,
          ),
          ([, name = '']) => name,
        ),
      );
    expect(asked).toContain('webgpu');
    expect(asked.filter((name) => name !== 'webgpu' && !isBuiltin(name))).toEqual([]);
  });

  const data = sharedFile('data/SAFEEqualiserUserData.csv');
  it.skipIf(data === null)('holds no row of a contributor', () => {
    const rows = readFileSync(data ?? '', 'utf8')
      .split('\n')
      .slice(0, 200);
    // Their 13 numbers, as the file writes them.
    const settings = rows.map((row) => row.split(',').slice(5, 18).join(',')).filter(Boolean);
    expect(settings.length).toBeGreaterThan(100);
    const texts = files
      .filter((file) => /\.(js|py|json|md)$/.test(file))
      .map((file) => readFileSync(join(home, file), 'utf8'));
    expect(settings.filter((row) => texts.some((text) => text.includes(row)))).toEqual([]);
  });

  it('starts from anywhere with an empty environment', () => {
    const run = (...args: string[]) =>
      spawnSync(join(home, 'run'), args, { env: {}, cwd: '/', encoding: 'utf8' });
    const help = run('--help');
    expect(help.stderr).toBe('');
    expect(help.stdout).toMatch(/^\.\/run \[options\]/);
    const absent = run('--icd', '/none.json');
    expect(absent.status).toBe(2);
    expect(absent.stderr).toBe(
      "run: /none.json: This file is not there; --icd takes a Vulkan driver's JSON.\n",
    );
  });
});

describe('packKit', () => {
  it('refuses a name that is of no archive', async () => {
    await expect(packKit('kit.zip', null)).rejects.toThrow(
      new InputError('kit.zip: The kit is a .tar.gz or a .tar.xz.'),
    );
  });
});
