/** The command line training on WebGPU, in a browser of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli } from '../../cli/run-cli';
import { temporaryFolder } from '../../src/testing/temporary-folder';

interface Report {
  engine: { name: string; device: string };
  epochs: { total: number }[];
  metrics: { reconstruction: number };
}

const folder = temporaryFolder();

it('trains on WebGPU what it trains on WebAssembly, to float32 rounding', () => {
  // Every twentieth row: a few of each word, of several contributors, and one step an epoch.
  const sample = readFileSync(new URL('../../public/sample.csv', import.meta.url), 'utf8');
  const rows = sample.split('\n').filter((_, line) => line % 20 === 0);
  const data = folder.write('data.csv', rows.join('\n'));

  const train = (engine: string): Report => {
    const out = folder.at(engine);
    const options = ['--words', 'all', '--min-rows', '3', '--epochs', '1', '--holdout', '0'];
    const given = ['train', '--data', data, '--out', out, '--engine', engine, ...options];
    const { status, stderr } = runCli(...given);
    expect(status, stderr).toBe(0);
    return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report;
  };
  const wasm = train('wasm');
  const webgpu = train('webgpu');
  expect(wasm.engine.name).toBe('fused-wasm');
  expect(webgpu.engine.name).toBe('fused-webgpu');
  expect(webgpu.epochs[0]?.total).toBeCloseTo(wasm.epochs[0]?.total ?? Number.NaN, 4);
  expect(webgpu.metrics.reconstruction).toBeCloseTo(wasm.metrics.reconstruction, 5);
});
