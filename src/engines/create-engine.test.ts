import { describe, expect, it } from 'vitest';
import { InputError } from '../input-error';
import { createEngine } from './create-engine';

describe('createEngine, where there is no WebGPU', () => {
  it('takes WebAssembly by itself and says why', async () => {
    const { engine, reason } = await createEngine('auto');
    expect(engine.description).toStrictEqual({ name: 'tfjs-wasm', device: 'WebAssembly SIMD' });
    expect(reason).toBe('Trains on WebAssembly SIMD, because there is no WebGPU here.');
    engine.dispose();
  });

  it.each([
    ['wasm', 'tfjs-wasm', 'Trains on WebAssembly SIMD, as chosen.'],
    ['cpu', 'tfjs-cpu', 'Trains on plain JavaScript, as chosen.'],
  ] as const)('takes %s when told to', async (choice, name, sentence) => {
    const { engine, reason } = await createEngine(choice);
    expect(engine.description.name).toBe(name);
    expect(reason).toBe(sentence);
    engine.dispose();
  });

  it('says why WebGPU cannot be had', async () => {
    await expect(createEngine('webgpu')).rejects.toStrictEqual(
      new InputError('WebGPU cannot be used: there is no WebGPU here.'),
    );
  });
});
