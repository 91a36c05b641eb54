import { describe, expect, it } from 'vitest';
import { PARTS } from './effort';
import { benchOptions } from './options';
import { PEERS } from './peer';

describe('benchOptions', () => {
  it('measures all peers unless told otherwise', () => {
    expect(benchOptions([])).toEqual({
      quick: false,
      kinds: PEERS,
      parts: PARTS,
      json: null,
      from: null,
      markdown: null,
      pack: null,
      vulkanLoader: null,
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
      from: ['a.json'],
      markdown: 'b.md',
      compare: 'c.json',
    });
    expect(benchOptions(['--from', 'a.json,b.json'])).toMatchObject({ from: ['a.json', 'b.json'] });
    expect(() => benchOptions(['--from', 'a.json', '--quick'])).toThrow(
      "'--from' measures nothing",
    );
  });

  it('measures the parts that are named', () => {
    expect(benchOptions(['--parts', 'growth,steps'])).toMatchObject({ parts: ['growth', 'steps'] });
    expect(() => benchOptions(['--parts', 'growth,speed'])).toThrow(
      /'--parts' names "speed", which is none of steps, runs/,
    );
  });

  it('packs instead of measuring', () => {
    expect(benchOptions(['--pack', 'kit.tar.gz', '--vulkan-loader', 'l.so'])).toMatchObject({
      pack: 'kit.tar.gz',
      vulkanLoader: 'l.so',
    });
    expect(() => benchOptions(['--pack', 'kit.tar.gz', '--quick'])).toThrow(
      "'--pack' measures nothing",
    );
    expect(() => benchOptions(['--vulkan-loader', 'l.so'])).toThrow('goes with --pack');
  });

  it('refuses what it does not know', () => {
    expect(() => benchOptions(['--fast'])).toThrow("Unknown option '--fast'");
  });
});
