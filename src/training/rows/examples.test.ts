import { describe, expect, it } from 'vitest';
import { SENSIBLE_CHOICES } from '../../recipe/audit-choices';
import { FLAT_SETTING } from '../../eq/parameters';
import { gridResponses } from '../../eq/response-grid';
import { knownVotes } from '../../engines/votes';
import { InputError } from '../../base/input-error';
import { encoderInputs } from '../../model/inputs';
import { fitNormaliser, normalise } from '../../model/normaliser';
import { examplesOf, stepSettings } from './examples';
import type { Recipe } from '../../recipe/recipe';
import { RECIPES } from '../../recipe/recipes';

// Bell 1 and the high shelf sound; 0.049 dB of bell 3 do not.
const settings = [
  FLAT_SETTING,
  FLAT_SETTING.map((value, i) => (i === 2 ? -3 : i === 8 ? 0.049 : i === 11 ? 0.05 : value)),
];
const labels = Int32Array.of(-1, 0);
const normaliser = fitNormaliser('plug-in-log', settings);
const seedV2: Recipe = RECIPES['seed-v2'].recipe;

const examplesWith = (changes: Partial<Recipe>) =>
  examplesOf({ ...seedV2, ...changes }, normaliser, { settings, labels });

describe('examplesOf', () => {
  it('compares parameters with themselves', () => {
    expect(examplesWith({})).toStrictEqual({
      rows: 2,
      inputs: normalise(settings, normaliser),
      labels,
    });
  });

  it('has targets of their own where the encoder sees curves', () => {
    const { inputs, targets } = examplesWith({ input: 'response' });
    expect(inputs).toStrictEqual(encoderInputs({ input: 'response' }, settings, normaliser));
    expect(targets).toStrictEqual(normalise(settings, normaliser));
  });

  it.each(['response', 'shape'] as const)('compares curves in dB: %s', (reconstruction) => {
    const examples = examplesWith({ reconstruction, audit: SENSIBLE_CHOICES });
    expect(examples.targets).toStrictEqual(gridResponses(settings));
    expect(examples.mask).toBeUndefined();
    expect(() => examplesWith({ reconstruction, output: 'heads' })).toThrow(InputError);
  });

  it('passes the votes on where there are any', () => {
    const votes = knownVotes(Float32Array.of(0.25, 0.75, 1, 0), 2);
    const given = { settings, labels, votes };
    expect(examplesOf(seedV2, normaliser, given).votes).toBe(votes);
    expect(examplesWith({})).not.toHaveProperty('votes');
  });

  it('leaves frequency and Q of silent bands out where the audit says so', () => {
    const { mask } = examplesWith({ audit: SENSIBLE_CHOICES });
    expect(Array.from(mask ?? [])).toStrictEqual([
      ...[1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0],
      ...[1, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 1, 1],
    ]);
  });
});

describe('stepSettings', () => {
  it('takes the recipe’s part, and the columns of the normaliser', () => {
    const settings = stepSettings({ ...seedV2, weightDecay: 0.01, beta2: 0.98 }, normaliser);
    expect(settings.columns).toBe(normaliser.columns);
    expect(settings).toMatchObject({
      batchSize: 64,
      reconstruction: 'mse',
      weightDecay: 0.01,
      beta2: 0.98,
    });
  });
});
