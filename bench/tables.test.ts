import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { goalsOf, reached } from './goals';
import { benchmarksPage } from './markdown';
import type { PeerName } from './peer';
import { resultsSchema, type PeerResults, type Results } from './results';
import {
  costTable,
  figure,
  growthTable,
  markdownTable,
  recipeTable,
  stepTable,
  sweepTable,
  threadTable,
} from './tables';
import { measuredPeer, sampleResults } from './testing/sample-results';

function absent(name: PeerName, reason: string): PeerResults {
  return {
    ...measuredPeer(name, 1),
    ...{ status: 'absent', reason, device: null, check: null, step: null, startUp: null },
    ...{ count: null, memory: null, founding: null },
  };
}

const RESULTS = sampleResults({
  quick: true,
  peers: [
    measuredPeer('fused-webgpu', 20, {
      recipe: { seconds: 0.9, preparing: 0.25, trained: 36, epochs: 72 },
    }),
    measuredPeer('fused-wasm-1', 2.25, { founding: { seconds: 7.1, total: 1.759 } }),
    measuredPeer('torch-cpu-1', 4.5),
    absent('torch-cuda', 'no CUDA device'),
    measuredPeer('tfjs-wasm', 26),
    measuredPeer('tfjs-webgpu', 940),
  ],
  threads: [
    { threads: 1, runs: 8, seconds: 4 },
    { threads: 2, runs: 8, seconds: 3 },
  ],
  growth: [{ what: 'latent', value: '8', speeds: { 'fused-wasm-1': 444.44 } }],
});

describe('figure', () => {
  it('keeps three digits', () => {
    expect([0.01234, 4.5, 12.345, 99.95, 942.4, 3150, 1].map(figure)).toEqual([
      '0.0123',
      '4.5',
      '12.3',
      '100',
      '942',
      '3,150',
      '1',
    ]);
  });

  it('does not make up what is not there', () => {
    expect(figure(null)).toBe('–');
  });
});

describe('markdownTable', () => {
  it('lines columns up, and fills rows that end early', () => {
    const table = [['peer', 'ms'], ['a', '12.5'], ['longer name']];
    expect(markdownTable(table)).toBe(
      [
        '| peer        |   ms |',
        '| ----------- | ---: |',
        '| a           | 12.5 |',
        '| longer name |      |',
      ].join('\n'),
    );
  });
});

describe('the tables', () => {
  it('divide by the named peers, and say why one was not measured', () => {
    const rows = stepTable(RESULTS);
    expect(rows[2]).toEqual([
      'fused WebAssembly, 1 thread (Node)',
      '2.25',
      '1.13 – 4.5',
      '0.5',
      '0.0865',
      '0.00239',
    ]);
    expect(rows[4]).toEqual(['PyTorch CUDA (Python)', 'no CUDA device']);
  });

  it('tell an extrapolation from a run', () => {
    const rows = costTable(RESULTS);
    expect(rows.map(([, founding]) => founding).slice(1, 3)).toEqual(['≈ 63', '7.1']);
    expect(rows[2]?.[2]).toBe('1.76');
  });

  it('tell how much of a default run was trained', () => {
    expect(recipeTable(RESULTS).slice(1)).toEqual([
      ['fused WebGPU (Chromium)', '≈ 0.9', '0.25', '36 of 72'],
    ]);
  });

  it('show growth of the peers that were grown', () => {
    expect(growthTable(RESULTS)).toEqual([
      ['', 'fused WebAssembly, 1 thread (Node)'],
      ['latent 8', '444'],
    ]);
  });
});

describe('threadTable', () => {
  it('compares with one thread', () => {
    expect(threadTable(RESULTS)[2]).toEqual(['2', '8', '3', '0.75']);
  });
});

describe('sweepTable', () => {
  it('divides by one run', () => {
    expect(sweepTable(RESULTS)[2]).toEqual(['64', '5', '2.5']);
  });
});

describe('the goals', () => {
  const verdicts = (results: Results) => goalsOf(results).map(reached);

  it('are reached at their limit', () => {
    // 0.5 of PyTorch; two threads not measured; 11.6 and 47 times; 4 dispatches; 0.75; no card.
    const expected = [true, null, false, true, true, false, null, null, null, null];
    expect(verdicts(RESULTS)).toEqual(expected);
  });

  it('of a card are not asked of software, nor the other way round', () => {
    const adapter = { name: 'A card', software: false };
    const onCard = { ...RESULTS, machine: { ...RESULTS.machine, adapter } };
    const expected = [true, null, false, null, true, false, false, false, true, true];
    expect(verdicts(onCard)).toEqual(expected);
  });
});

describe('the page', () => {
  it('holds the figures, in a form that the formatter leaves alone once it has had it', async () => {
    const page = await format(benchmarksPage(RESULTS), { parser: 'markdown' });
    expect(page).toContain('The run of 2026-01-02');
    expect(page).toContain('no CUDA device');
    expect(page).not.toMatch(/undefined|NaN|\[object/);
    expect(await format(page, { parser: 'markdown' })).toBe(page);
  });
});

describe('the page of several runs', () => {
  it('says how busy the machine was, in how many pieces, and shows the figures', () => {
    const { growth } = RESULTS;
    const page = benchmarksPage({
      ...RESULTS,
      machine: { ...RESULTS.machine, load: 1.25 },
      pieces: 3,
      peak: 4.5e10,
      growth: [
        ...growth,
        { what: 'latent', value: '32', flop: 5e7, speeds: { 'fused-wasm-1': 4 } },
      ],
    });
    expect(page).toContain('load before it: 1.3 processes on 2 cores');
    expect(page).toContain('measured in 3 pieces');
    expect(page).toContain(
      '![Size of the latent: steps a second](docs/benchmarks/growth-latent.svg)',
    );
    expect(page).toContain('at 45.0 GFLOP/s a thread');
  });
});

describe('results', () => {
  it('can be written and read again', () => {
    expect(v.parse(resultsSchema, JSON.parse(JSON.stringify(RESULTS)))).toEqual(RESULTS);
  });
});
