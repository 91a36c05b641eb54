import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import { loadWasmBuild } from '../../cli/threads/wasm-builds';
import { createEngine, createEngineGroup } from './create-engine';
import type { HelperThread } from './wasm/helper-thread';

describe('createEngine, where there is no WebGPU', () => {
  it('takes WebAssembly by itself and says why', async () => {
    const { engine, reason } = await createEngine('auto');
    expect(engine.description).toStrictEqual({ name: 'tfjs-wasm', device: 'WebAssembly SIMD' });
    expect(reason).toBe('Trains on WebAssembly SIMD, because there is no WebGPU here.');
    engine.dispose();
  });

  it.each([
    ['tfjs-wasm', 'tfjs-wasm', 'Trains on WebAssembly SIMD, as chosen.'],
    ['cpu', 'tfjs-cpu', 'Trains on plain JavaScript, as chosen.'],
  ] as const)('takes %s when told to', async (choice, name, sentence) => {
    const { engine, reason } = await createEngine(choice);
    expect(engine.description.name).toBe(name);
    expect(reason).toBe(sentence);
    engine.dispose();
  });

  it('takes the fused engine first where its builds are to be had', async () => {
    const fusedWasm = { load: loadWasmBuild, startHelpers: () => Promise.resolve([]) };
    const { engine, reason } = await createEngine('auto', { fusedWasm });
    expect(engine.description.name).toBe('fused-wasm');
    expect(reason).toBe(`Trains on ${engine.description.device}, because there is no WebGPU here.`);
    engine.dispose();
  });

  it('goes on to TensorFlow.js where the fused engine does not start', async () => {
    const load = (): Promise<never> => Promise.reject(new Error('no such build'));
    const fusedWasm = { load, startHelpers: () => Promise.resolve([]) };
    const { engine } = await createEngine('auto', { fusedWasm });
    expect(engine.description.name).toBe('tfjs-wasm');
    engine.dispose();
    await expect(createEngine('wasm', { fusedWasm })).rejects.toBeInstanceOf(InputError);
  });

  it('asks for so many threads as are chosen, and takes no fewer', async () => {
    const asked: (number | null)[] = [];
    const startHelpers = (threads: number | null): Promise<readonly HelperThread[]> => {
      asked.push(threads);
      return Promise.resolve([]);
    };
    const fusedWasm = { load: loadWasmBuild, startHelpers };
    for (const choice of ['auto', 'wasm', 'wasm-1'] as const) {
      const { engine } = await createEngine(choice, { fusedWasm });
      expect(engine.description.name).toBe('fused-wasm');
      engine.dispose();
    }
    await expect(createEngine('wasm-2', { fusedWasm })).rejects.toStrictEqual(
      new InputError(
        'WebAssembly cannot use 2 threads here: they do not start, or may not share memory.',
      ),
    );
    expect(asked).toEqual([null, null, 1, 2]);
  });

  it('stops the threads of an engine that does not start', async () => {
    let running = 0;
    const startHelpers = (): Promise<readonly HelperThread[]> => {
      running++;
      const stop = (): void => {
        running--;
      };
      return Promise.resolve([{ post: stop, ready: () => Promise.resolve(), stop }]);
    };
    const load = (): Promise<never> => Promise.reject(new Error('no such build'));
    const starting = createEngine('wasm-2', { fusedWasm: { load, startHelpers } });
    await expect(starting).rejects.toBeInstanceOf(InputError);
    expect(running).toBe(0);
  });

  it('makes a single engine for a group of runs', async () => {
    const { engines, reason } = await createEngineGroup('auto', 3);
    expect(engines.map(({ description }) => description.name)).toEqual(['tfjs-wasm']);
    expect(reason).toBe('Trains on WebAssembly SIMD, because there is no WebGPU here.');
    engines[0]?.dispose();
  });

  it('says why WebGPU cannot be had', async () => {
    await expect(createEngine('webgpu')).rejects.toStrictEqual(
      new InputError('WebGPU cannot be used: there is no WebGPU here; choose another engine.'),
    );
  });
});
