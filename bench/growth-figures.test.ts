import { describe, expect, it } from 'vitest';
import { xmlTexts } from '../src/testing/xml';
import { growthFigures } from './growth-figures';
import type { Results } from './results';
import { sampleResults } from './testing/sample-results';

const growth: Results['growth'] = [
  { what: 'hidden', value: '32-64-32', flop: 1e7, speeds: { 'fused-wasm-1': 1000 } },
  {
    what: 'hidden',
    value: '64-128-64',
    flop: 5e7,
    speeds: { 'fused-wasm-1': 500, 'torch-cpu-1': 200, 'tfjs-wasm': 50 },
  },
  { what: 'rows', value: '500000', speeds: { 'fused-wasm-1': 400 } },
];

function results(peak: number | null): Results {
  const sweeps = [
    { runs: 1, milliseconds: 20 },
    { runs: 64, milliseconds: 40 },
  ];
  return sampleResults({ growth, peak, sweeps });
}

describe('growthFigures', () => {
  it('draws a size that was changed, with the peers that were measured and the limits', () => {
    const [hidden] = growthFigures(results(4.5e10));
    expect(hidden?.name).toBe('growth-hidden.svg');
    const texts = xmlTexts(hidden?.svg ?? '');
    expect(texts).toEqual(
      expect.arrayContaining([
        ...['64', '128', 'WebAssembly, 1 thread', 'PyTorch, 1 thread'],
        ...['limit of 1 thread', 'limit of 2 threads'],
      ]),
    );
    expect(texts).not.toContain('PyTorch, 2 threads');
  });

  it('draws no limit where none was measured', () => {
    const [hidden] = growthFigures(results(null));
    expect(xmlTexts(hidden?.svg ?? '').filter((text) => text.startsWith('limit'))).toEqual([]);
  });

  it('draws no size of which there is one value, and WebGPU’s sweeps as runs at once', () => {
    const figures = growthFigures(results(null));
    expect(figures.map(({ name }) => name)).toEqual(['growth-hidden.svg', 'growth-runs.svg']);
    expect(xmlTexts(figures[1]?.svg ?? '')).toEqual(expect.arrayContaining(['1', '64', 'WebGPU']));
  });
});
