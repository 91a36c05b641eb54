import { describe, expect, it } from 'vitest';
import { InputError } from '../src/base/input-error';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { compareResults, comparisonTable, ratiosOf, recordedRun } from './compare';
import type { PeerName } from './peer';
import type { PeerResults, Results } from './results';
import { measuredPeer, sampleResults } from './testing/sample-results';

const BEFORE = sampleResults({
  peers: [
    measuredPeer('fused-wasm-1', 2),
    measuredPeer('torch-cpu-1', 4),
    measuredPeer('tfjs-wasm', 20),
  ],
  threads: [
    { threads: 1, runs: 8, seconds: 4 },
    { threads: 2, runs: 8, seconds: 2 },
  ],
});

const LATER: Results = { ...BEFORE, date: '2026-02-02T03:04:05.000Z' };
const machine = (changed: Partial<Results['machine']>): Results => ({
  ...LATER,
  machine: { ...LATER.machine, ...changed },
});

const folder = temporaryFolder();

describe('ratios of a run', () => {
  it('are of the engines of the project, and of many runs at once', () => {
    expect(ratiosOf(BEFORE)).toEqual([
      {
        what: 'a step of fused WebAssembly, 1 thread (Node) ÷ PyTorch CPU, 1 thread (Python)',
        value: 0.5,
      },
      {
        what: 'a step of fused WebAssembly, 1 thread (Node) ÷ TensorFlow.js WebAssembly (Node)',
        value: 0.1,
      },
      { what: '64 runs at once ÷ one run', value: 2.5 },
      { what: '8 runs on 2 threads ÷ one thread', value: 0.5 },
    ]);
  });
});

describe('two runs of the bench', () => {
  it('are alike on the same kind of machine, though both are faster or slower there', () => {
    const slower = { ...LATER, peers: LATER.peers.map((peer) => measuredAgain(peer, 3)) };
    expect(compareResults(slower, BEFORE)).toEqual({ compared: 4, worse: [] });
  });

  it('say what became worse by more than a tenth', () => {
    const now: Results = {
      ...LATER,
      peers: [
        measuredPeer('fused-wasm-1', 2.19),
        measuredPeer('torch-cpu-1', 4),
        measuredPeer('tfjs-wasm', 18),
      ],
      threads: [
        { threads: 1, runs: 8, seconds: 4 },
        { threads: 2, runs: 8, seconds: 3 },
      ],
    };
    const comparison = compareResults(now, BEFORE);
    expect(comparison.compared).toBe(4);
    expect(comparisonTable(comparison).slice(1)).toEqual([
      [
        'a step of fused WebAssembly, 1 thread (Node) ÷ TensorFlow.js WebAssembly (Node)',
        '0.1',
        '0.122',
        '22 %',
      ],
      ['8 runs on 2 threads ÷ one thread', '0.5', '0.75', '50 %'],
    ]);
  });

  it('compare what both have', () => {
    const now = { ...LATER, peers: LATER.peers.slice(0, 2), sweeps: [] };
    expect(compareResults(now, BEFORE).compared).toBe(2);
    const nothing = { ...now, peers: [], threads: [] };
    expect(() => compareResults(nothing, BEFORE)).toThrow('has no ratio that this one has');
  });

  it.each([
    [{ processor: 'Another' }, 'the processor was A processor and is Another.'],
    [{ cores: 4 }, 'the number of cores was 2 and is 4.'],
    [{ node: 'v22.1.0' }, 'Node was v20 and is v22.'],
    [{ chromium: 'Chrome/157.0.1' }, 'Chromium was Chrome/156 and is Chrome/157.'],
    [{ adapter: { name: 'A card', software: false } }, 'the WebGPU adapter was SwiftShader'],
    [{ torch: '2.4' }, 'PyTorch was 1.13 and is 2.4.'],
  ])('are not compared where their machines differ: %o', (changed, sentence) => {
    const attempt = (): unknown => compareResults(machine(changed), BEFORE);
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(sentence);
  });

  it('are not compared where they took other rounds or other work', () => {
    expect(() => compareResults({ ...LATER, quick: true }, BEFORE)).toThrow(
      'the bench was a whole run and is a quick look.',
    );
    const data = { ...LATER.data, real: false };
    expect(() => compareResults({ ...LATER, data }, BEFORE)).toThrow('made-up rows');
  });

  it('may differ in what one of them had not, and in small versions', () => {
    const now = machine({ node: 'v20.9.1', chromium: null, adapter: null, torch: null });
    expect(compareResults(now, BEFORE).worse).toEqual([]);
  });
});

describe('a folder of runs', () => {
  it('gives the last one before, on the same kind of machine', () => {
    const runs = {
      older: { ...BEFORE, date: '2025-01-01T00:00:00.000Z' },
      before: BEFORE,
      elsewhere: { ...machine({ cores: 8 }), date: '2026-01-20T00:00:00.000Z' },
      later: { ...BEFORE, date: '2026-03-01T00:00:00.000Z' },
    };
    for (const [name, run] of Object.entries(runs))
      folder.write(`${name}.json`, JSON.stringify(run));
    expect(recordedRun(folder.path, LATER)).toEqual(BEFORE);
    expect(recordedRun(folder.at('later.json'), LATER)).toEqual(runs.later);
    expect(() => recordedRun(folder.path, machine({ cores: 64 }))).toThrow(
      'has no earlier run on the same kind of machine.',
    );
    expect(() => recordedRun(folder.at('none.json'), LATER)).toThrow('cannot be read');
  });
});

function measuredAgain(peer: PeerResults, times: number): PeerResults {
  return measuredPeer(peer.name as PeerName, times * (peer.step?.median ?? 0));
}
