import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../base/input-error';
import { checkFusedEngine } from '../../testing/fused-engine-checks';
import { SMALL_SPEC } from '../../testing/small-spec';
import { syntheticExamples } from '../../testing/spec-grid';
import { allowRelaxedSimd, loadWasmBuild } from '../../../cli/threads/wasm-builds';
import type { Engine } from '../engine';
import { startWasmEngine } from './wasm-engine';

/** How many specs are drawn at random for each build. */
const RUNS = 30;

describe.each([false, true])('the WebAssembly engine, relaxed SIMD %s', (relaxed) => {
  let engine: Engine;
  beforeAll(async () => {
    if (relaxed) allowRelaxedSimd();
    engine = await startWasmEngine({ load: loadWasmBuild, relaxed });
  });
  afterAll(() => {
    engine.dispose();
  });

  checkFusedEngine(() => engine, RUNS);

  it('says when a model is too large for the memory there can be', async () => {
    const empty = new Float32Array(0);
    const loading = engine.load(
      { ...SMALL_SPEC, hidden: Array.from({ length: 8 }, () => 2048), projection: 4 },
      { weights: empty, firstMoment: empty, secondMoment: empty, step: 0 },
      syntheticExamples(8),
      {
        batchSize: 4096,
        dropout: 0.25,
        temperature: 0.1,
        contrastiveSelf: true,
        reconstruction: 'mse',
        columns: [],
        weightDecay: 0,
        beta2: 0.999,
        seed: 1,
      },
    );
    await expect(loading).rejects.toThrow(InputError);
    await expect(engine.state()).rejects.toThrow('holds no model');
  });

  it('holds nothing before a model is loaded', async () => {
    const empty = await startWasmEngine({ load: loadWasmBuild, relaxed });
    await expect(empty.state()).rejects.toThrow('holds no model');
  });
});
