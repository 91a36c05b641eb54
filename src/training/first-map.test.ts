import { afterAll, expect, it } from 'vitest';
import { loadWasmBuild } from '../../cli/threads/wasm-builds';
import type { Engine } from '../engines/engine';
import { startWasmEngine } from '../engines/wasm/wasm-engine';
import { bytesOf, smallPlan as plan, trainEpochs, WatchedEngine } from '../testing/small-run';
import { prepareRun } from './prepare-run';

const engine = await startWasmEngine({ load: loadWasmBuild });
afterAll(() => {
  engine.dispose();
});

/** Encodes all rows before the first step, as an engine without `encodeBy` has to. */
const before: Engine = new WatchedEngine(engine);

it('is the same whether its rows are placed before the first step or after it', async () => {
  for (const follow of [true, false]) {
    const expected = bytesOf(
      await trainEpochs(await prepareRun(plan, before, null, { follow }), 2),
    );
    const later = await prepareRun(plan, engine, null, { follow });
    expect(bytesOf(await trainEpochs(later, 2))).toEqual(expected);
    const shown = await prepareRun(plan, engine, null, { follow });
    await shown.frame('last');
    expect(bytesOf(await trainEpochs(shown, 2))).toEqual(expected);
  }
});

it('is of the weights that the run began with, which training changes', async () => {
  const run = await prepareRun(plan, engine);
  const { weights } = await engine.state();
  const inputs = Float32Array.from({ length: 13 * 70 }, (_, i) => (i % 7) / 7);
  const first = await engine.encode(inputs);
  await run.nextEpoch();
  const state = await engine.state();
  expect(await engine.encodeBy(weights, inputs)).toEqual(first);
  expect(await engine.encode(inputs)).not.toEqual(first);
  expect(await engine.state()).toEqual(state);
});
