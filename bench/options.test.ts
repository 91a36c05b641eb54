import { describe, expect, it } from 'vitest';
import { benchOptions } from './options';
import { PEERS } from './peer';

describe('benchOptions', () => {
  it('measures all peers unless told otherwise', () => {
    expect(benchOptions([])).toEqual({
      quick: false,
      kinds: PEERS,
      json: null,
      from: null,
      markdown: null,
      compare: null,
    });
  });

  it('takes the peers that are named, in the order of the tables', () => {
    const options = benchOptions(['--quick', '--only', 'torch-cpu-1, fused-wasm-1']);
    expect(options?.quick).toBe(true);
    expect(options?.kinds.map(({ name }) => name)).toEqual(['fused-wasm-1', 'torch-cpu-1']);
  });

  it('names a peer that there is not', () => {
    expect(() => benchOptions(['--only', 'fused-wasm-1,fortran'])).toThrow(
      /'--only' names "fortran", which is none of fused-webgpu/,
    );
  });

  it('does not measure when it reads', () => {
    const given = ['--from', 'a.json', '--markdown', 'b.md', '--compare', 'c.json'];
    expect(benchOptions(given)).toMatchObject({
      from: 'a.json',
      markdown: 'b.md',
      compare: 'c.json',
    });
    expect(() => benchOptions(['--from', 'a.json', '--quick'])).toThrow(
      "'--from' measures nothing",
    );
  });

  it('refuses what it does not know', () => {
    expect(() => benchOptions(['--fast'])).toThrow("Unknown option '--fast'");
  });
});
