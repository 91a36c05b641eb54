import { describe, expect, it } from 'vitest';
import { loadWasmBuild } from '../../../cli/threads/wasm-builds';
import type { Engine } from '../engine';
import { startWasmEngine } from '../wasm/wasm-engine';
import { agreesWithFloat64 } from './self-check';

describe('the check of an engine', () => {
  it('passes one that computes what it should', async () => {
    expect(await agreesWithFloat64(await startWasmEngine({ load: loadWasmBuild }))).toBe(true);
  });

  it.each([
    ['reports another loss', (engine: Engine) => spoilt(engine, { loss: 1.01, moment: 1 })],
    ['moves the weights otherwise', (engine: Engine) => spoilt(engine, { loss: 1, moment: 1.01 })],
    ['gives what is no number', (engine: Engine) => spoilt(engine, { loss: 1, moment: NaN })],
  ])('fails one that %s', async (_, spoil) => {
    expect(await agreesWithFloat64(spoil(await startWasmEngine({ load: loadWasmBuild })))).toBe(
      false,
    );
  });
});

/** The engine with its reconstruction loss and its first moment multiplied. */
function spoilt(engine: Engine, { loss, moment }: { loss: number; moment: number }): Engine {
  return {
    description: engine.description,
    load: (...given) => engine.load(...given),
    trainEpoch: async (plan) => {
      const losses = await engine.trainEpoch(plan);
      return { ...losses, reconstruction: losses.reconstruction * loss };
    },
    encode: (inputs) => engine.encode(inputs),
    decode: (latents) => engine.decode(latents),
    state: async () => {
      const state = await engine.state();
      return { ...state, firstMoment: state.firstMoment.map((value) => value * moment) };
    },
    dispose: () => {
      engine.dispose();
    },
  };
}
