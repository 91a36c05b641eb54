/**
 * `npm run kit`: packs the kit, unpacks it into an empty folder, runs it there with an empty
 * environment, and makes a page of what it wrote.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../src/base/input-error';
import { benchmarksPage } from '../markdown';
import type { PeerName } from '../peer';
import { readResults } from '../read-results';
import { packKit } from './pack';
import { findLoader } from './vulkan-driver';

const ARCHIVE = fileURLToPath(new URL('../../artifacts/warmbright-bench.tar.gz', import.meta.url));

/** After it the kit is ended: many times what it takes on a processor that plays the card. */
const DEADLINE_MS = 600_000;

/** Those that run on any machine with a Vulkan driver. */
const NEEDED: readonly PeerName[] = ['fused-webgpu', 'fused-wasm-1', 'fused-wasm-2'];

/** @throws Error with what the program wrote, where it failed */
function run(program: string, args: readonly string[], cwd: string): void {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: {},
    encoding: 'utf8',
    timeout: DEADLINE_MS,
    maxBuffer: 1 << 26,
  });
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  if (status !== 0) throw new Error(`${program} ended with ${String(error ?? status)}.`);
}

/** @param args what ./run is given beside --tiny */
async function prove(args: readonly string[]): Promise<void> {
  const { bytes, compression } = await packKit(ARCHIVE, findLoader());
  const folder = mkdtempSync(join(tmpdir(), 'warmbright-empty-'));
  try {
    run('/usr/bin/tar', ['-xzf', ARCHIVE], folder);
    const [name = ''] = readdirSync(folder);
    const home = join(folder, name);
    run(join(home, 'run'), ['--tiny', '--json', 'results.json', ...args], home);
    const results = readResults(join(home, 'results.json'));
    const missing = NEEDED.filter(
      (needed) => results.peers.find((peer) => peer.name === needed)?.status !== 'measured',
    );
    if (missing.length > 0) throw new Error(`Not measured: ${missing.join(', ')}.`);
    if (results.data.real) throw new Error("The kit holds contributors' rows.");
    writeFileSync(`${ARCHIVE}.md`, benchmarksPage(results));
    const size = (bytes / 1e6).toFixed(1);
    console.log(`\n${ARCHIVE}: ${size} MB (${compression}), runs on ${adapterOf(results)}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function adapterOf({ machine }: { machine: { adapter: { name: string } | null } }): string {
  return machine.adapter?.name ?? 'no adapter';
}

try {
  await prove(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof InputError ? error.message : error);
  process.exitCode = 1;
}
