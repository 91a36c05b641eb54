import { describe, expect, it } from 'vitest';
import { InputError } from '../input-error';
import { loadWasmBuild } from '../testing/wasm-builds';
import { createEngine, createEngineGroup } from './create-engine';

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

  it('makes a single engine for a group of runs', async () => {
    const { engines, reason } = await createEngineGroup('auto', 3);
    expect(engines.map(({ description }) => description.name)).toEqual(['tfjs-wasm']);
    expect(reason).toBe('Trains on WebAssembly SIMD, because there is no WebGPU here.');
    engines[0]?.dispose();
  });

  it('says why WebGPU cannot be had', async () => {
    await expect(createEngine('webgpu')).rejects.toStrictEqual(
      new InputError('WebGPU cannot be used: there is no WebGPU here.'),
    );
  });
});
