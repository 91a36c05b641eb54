/** The Seed V2 run, whole, on the real file: its end result on the fused engines. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseSafeCsv } from '../../src/data/parse-safe-csv';
import { makeTrainingSet } from '../../src/data/training-set';
import { countWords } from '../../src/data/words';
import { sharedFile } from '../../src/testing/shared-files';
import { RECIPES } from '../../src/recipe/recipes';
import { runName } from '../../src/recipe/run-name';
import type { RunPlan } from '../../src/training/run-plan';
import { trainInBrowser } from '../browser/train-in-browser';
import { trainInNode } from './train-in-node';
import type { Trained } from './trained';

const path = sharedFile('data/SAFEEqualiserUserData.csv');
/** Over a minute where the only WebGPU adapter is software, so only when asked for. */
const WEBGPU_ASKED_FOR = process.env.FOUNDING_RUN_ON === 'webgpu';

/** Seed V2 on every row of the 14 words with five rows or more. */
async function seedV2Run(): Promise<{ plan: RunPlan; csv: Uint8Array }> {
  const csv = await readFile(path ?? '');
  const data = await parseSafeCsv(csv, { synthetic: false });
  const recipe = { ...RECIPES['seed-v2'].recipe, holdout: 0, seed: 1 };
  const frequent = countWords(data).filter(({ rows }) => rows >= 5);
  const set = await makeTrainingSet(
    data,
    frequent.map(({ word }) => word),
    recipe,
  );
  return { plan: { name: runName(recipe), recipe, data, set }, csv };
}

/** By the end alone: float32's paths part on the way, and meet in this range. */
function expectEndResult({ model, history, steps }: Trained): void {
  expect(model.document.run).toMatchObject({ epochs: 150, trainingRows: 1283, heldOutRows: 0 });
  expect(steps).toBe(3150);
  const last = history.at(-1);
  expect(last?.epoch).toBe(150);
  expect(last?.total).toBeGreaterThan(1.66);
  expect(last?.total).toBeLessThan(1.78);
}

const quiet = { onEpoch: (): void => undefined, note: (): void => undefined };

describe.skipIf(path === null)('the Seed V2 run (needs ../shared/data)', () => {
  it('ends where it should on the WebAssembly engine', async () => {
    const { plan } = await seedV2Run();
    const trained = await trainInNode(plan, 'wasm', 1, quiet);
    expect(trained.engine.name).toBe('fused-wasm');
    expectEndResult(trained);
  }, 300_000);

  it.skipIf(!WEBGPU_ASKED_FOR)(
    'ends where it should on the WebGPU engine (asked for by FOUNDING_RUN_ON=webgpu)',
    async () => {
      const { plan, csv } = await seedV2Run();
      const trained = await trainInBrowser(plan, csv, quiet);
      expect(trained.engine.name).toBe('fused-webgpu');
      expectEndResult(trained);
    },
    3_600_000,
  );
});
