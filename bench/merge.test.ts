import { describe, expect, it } from 'vitest';
import { mergeResults } from './merge';
import type { PeerResults, Results } from './results';
import { sampleResults } from './testing/sample-results';

function peer(name: string, median: number | null): PeerResults {
  const step =
    median === null ? null : { median, smallest: 1, largest: 9, rounds: 3, stepsPerRound: 7 };
  return {
    ...{ name, title: name, host: 'Node', device: null, check: null, startUp: null, count: null },
    ...{ memory: null, founding: null, step },
    status: median === null ? 'absent' : 'measured',
    reason: median === null ? 'not there' : null,
  };
}

function results(changes: Partial<Results>): Results {
  return sampleResults({ seconds: 10, sweeps: [], ...changes });
}

describe('mergeResults', () => {
  it('takes a peer from the first run that measured it', () => {
    const { peers, pieces, seconds } = mergeResults([
      results({ peers: [peer('tfjs-wasm', 20), peer('torch-cpu-1', null)] }),
      results({ peers: [peer('torch-cpu-1', 5), peer('tfjs-wasm', 30)] }),
      results({ peers: [peer('fused-wasm-1', 2), peer('torch-cpu-1', 6)] }),
    ]);
    expect(peers.map(({ name, step }) => [name, step?.median])).toEqual([
      ['fused-wasm-1', 2],
      ['torch-cpu-1', 5],
      ['tfjs-wasm', 20],
    ]);
    expect(pieces).toBe(3);
    expect(seconds).toBe(30);
  });

  it('puts the speeds of one size side by side', () => {
    const point = { what: 'latent', value: '8' };
    const { growth } = mergeResults([
      results({ growth: [{ ...point, flop: 5, speeds: { a: 1 } }] }),
      results({
        growth: [
          { ...point, speeds: { a: 2, b: 3 } },
          { what: 'rows', value: '9', speeds: { b: 4 } },
        ],
      }),
    ]);
    expect(growth).toEqual([
      { ...point, flop: 5, speeds: { a: 1, b: 3 } },
      { what: 'rows', value: '9', speeds: { b: 4 } },
    ]);
  });

  it('leaves one run as it is', () => {
    const one = results({ peers: [peer('tfjs-wasm', 20)] });
    expect(mergeResults([one])).toBe(one);
  });
});
