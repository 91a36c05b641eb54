import { describe, expect, it } from 'vitest';
import { InputError } from '../../base/input-error';
import { RECIPES } from '../../recipe/recipes';
import fc from '../../testing/fast-check';
import { expandSweep, parseSweep, type Variation } from './sweep';

const { recipe } = RECIPES['seed-v2'];

const parse = (file: object) => parseSweep(JSON.stringify({ recipe: 'seed-v2', ...file }));

/** Two or three values of some settings, two of them at least. */
const variations = fc
  .record(
    {
      seed: fc.uniqueArray(fc.nat(), { minLength: 2, maxLength: 3 }),
      learningRate: fc.uniqueArray(fc.double({ min: 1e-6, max: 1, noNaN: true }), {
        minLength: 2,
        maxLength: 3,
      }),
      plateauPatience: fc.uniqueArray(fc.nat(100), { minLength: 1, maxLength: 3 }),
      contrastiveSelf: fc.constantFrom([true], [true, false]),
      dropout: fc.constantFrom([0.3], [0, 0.1], [0.2, 0, 0.1]),
    },
    { requiredKeys: ['seed'] },
  )
  .map((vary): Variation => vary);

describe('a sweep file', () => {
  it('is every combination of what varies, named by what differs', () => {
    const sweep = parse({
      set: { epochs: 100 },
      vary: { learningRate: [0.001, 0.0005], seed: [1, 2], dropout: [0.2] },
    });
    expect(sweep.recipe).toEqual({ ...recipe, epochs: 100 });
    const runs = expandSweep(sweep);
    expect(runs.map(({ label }) => label)).toEqual([
      'seed 1, learning rate 0.001',
      'seed 1, learning rate 0.0005',
      'seed 2, learning rate 0.001',
      'seed 2, learning rate 0.0005',
    ]);
    expect(runs[1]).toMatchObject({
      name: 'Seed V2, dropout 0.2, epochs 100, seed 1, learning rate 0.0005',
      recipe: { ...recipe, epochs: 100, dropout: 0.2, seed: 1, learningRate: 0.0005 },
    });
  });

  it('makes as many runs as there are combinations, no two alike', () => {
    fc.assert(
      fc.property(variations, (vary) => {
        const runs = expandSweep(parse({ vary }));
        const lengths = Object.values(vary).map((values = []) => values.length);
        expect(runs).toHaveLength(lengths.reduce((a, b) => a * b, 1));
        for (const part of ['label', 'name', 'recipe'] as const) {
          expect(new Set(runs.map((run) => JSON.stringify(run[part]))).size).toBe(runs.length);
        }
        for (const [key, values = []] of Object.entries(vary)) {
          for (const run of runs) expect(values).toContain({ ...run.recipe }[key]);
        }
      }),
    );
  });

  it.each([
    [{ latent: [8, 16] }, 'at vary.latent): latent changes the shapes'],
    [{ batchSize: [8, 16] }, 'at vary.batchSize): batchSize changes the shapes'],
    [{ epochs: [8, 16] }, 'at vary.epochs): epochs changes the length'],
    [{ holdout: [0, 0.2] }, 'at vary.holdout): holdout changes which rows are measured'],
    [{ colour: [1, 2] }, 'at vary.colour): there is no such setting'],
    [{ seed: [1, 2, -3] }, 'at vary.seed.2)'],
    [{ dropout: [0.1, '0.2'] }, 'at vary.dropout.1)'],
    [{ seed: [1, 2, 1] }, 'at vary.seed.2): the value is there twice'],
    [{ seed: [] }, 'at vary.seed): the list is empty'],
    [{ seed: 3 }, 'at vary.seed): it must be a list'],
    [[1, 2], 'at vary'],
    [{ seed: [1] }, 'at least 2 runs'],
    [
      { seed: Array.from({ length: 257 }, (_, i) => i) },
      'at most 256 runs, and these values make 257',
    ],
  ])('is refused in one sentence: %j', (vary, reason) => {
    expect(() => parse({ vary })).toThrow(InputError);
    expect(() => parse({ vary })).toThrow(reason);
  });

  it('is refused for what is wrong beside what varies', () => {
    const vary = { seed: [1, 2] };
    expect(() => parse({ recipe: 'cake', vary })).toThrow('at recipe');
    expect(() => parse({ set: { latent: 900 }, vary })).toThrow('at set.latent');
    expect(() => parse({ set: { preset: 'mine' }, vary })).toThrow('at set.preset');
    expect(() => parse({ vary, more: 1 })).toThrow('at more');
    expect(() => parse({})).toThrow('at vary');
    expect(() => parseSweep('{')).toThrow('not valid JSON');
  });
});
