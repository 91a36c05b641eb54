/** A small model with every optional part, and a run to go with it. For tests only. */
import * as v from 'valibot';
import { FLAT_SETTING } from '../eq/parameters';
import { initialWeights } from '../model/initialise';
import { scoreboardSchema, type Model, type Scoreboard } from '../model/model';
import { fromFounding } from '../model/normaliser-schema';
import { parameterTable } from '../model/parameter-table';
import type { Progress } from '../training/progress';
import { specOf, type Recipe } from '../recipe/recipe';
import { RECIPES } from '../recipe/recipes';

const recipe: Recipe = { ...RECIPES['seed-v2'].recipe, latent: 3, hidden: [5, 4], projection: 6 };

const BRIGHT = FLAT_SETTING.map((value, i) => (i === 11 ? 4.5 : value));

/** @param words of the model, that with most rows first */
export function sampleModel(
  [first, second]: readonly [string, string] = ['bright', 'wärm'],
): Model {
  const spec = specOf(recipe, 2);
  return {
    document: {
      version: 1,
      spec,
      normaliser: fromFounding({
        gainDb: [-12, 12],
        frequencyLog10: [1.3617278337478638, 4.301051616668701],
        frequencyOffsetHz: 1,
        qLog10: [-1, 1],
      }),
      words: [
        {
          word: first,
          rows: 3,
          centroid: [0.1, -0.2, 1 / 3],
          schools: [
            { name: 'top lift', rows: 2, contributors: 2, latent: [0.2, -0.1, 0], setting: BRIGHT },
            {
              name: 'gentle',
              rows: 1,
              contributors: 1,
              latent: [0, -0.4, 1],
              setting: [...FLAT_SETTING],
            },
          ],
          proposals: [
            [{ name: 'gentle', rows: 3, contributors: 2, setting: [...FLAT_SETTING] }],
            [
              { name: 'top lift', rows: 2, contributors: 2, setting: BRIGHT },
              { name: 'gentle', rows: 1, contributors: 1, setting: [...FLAT_SETTING] },
            ],
          ],
          density: [
            { rows: 2, mean: [0.2, -0.1, 0], deviation: [0.05, 0.1, 0] },
            { rows: 1, mean: [0, -0.4, 1], deviation: [0, 0, 0] },
          ],
          evidence: { people: 2, mean: null, medoid: [-0.5, 0.25] },
        },
        { word: second, rows: 2, centroid: [-0.5, 0.25, 1e-7], schools: [] },
      ],
      run: {
        name: 'A small run',
        recipe,
        engine: 'tfjs-cpu',
        epochs: 2,
        dataSha256: 'a'.repeat(64),
        synthetic: true,
        splitHash: '0123456789abcdef'.repeat(4),
        trainingRows: 4,
        heldOutRows: 1,
        scoreboard: earlierScoreboard({ silhouette: null, reconstruction: 0.0625 }),
      },
    },
    weights: initialWeights(spec, 7),
    map: {
      points: Float32Array.of(0, 1, -1, 0.5, 2, 3, 0.125, -0.75, 1, 1),
      labels: Int32Array.of(0, 1, 0, 1, 0),
      heldOut: Uint8Array.of(0, 0, 1, 0, 0),
      schools: Uint8Array.of(0, 0, 1, 0, 0),
      origin: Float32Array.of(0.1, 0.2, 0.3),
      axes: Float32Array.of(1, 0, 0, 0, 1, 0),
    },
  };
}

/** A scoreboard as a version wrote it that measured few figures. */
export function earlierScoreboard(
  figures: Partial<
    Pick<Scoreboard, 'on' | 'rows' | 'silhouette' | 'daviesBouldin' | 'reconstruction'>
  >,
): Scoreboard {
  return v.parse(scoreboardSchema, {
    on: 'held-out rows',
    rows: 1,
    silhouette: 0,
    daviesBouldin: null,
    reconstruction: 0.5,
    ...figures,
  });
}

/** Where the run of {@link sampleModel} stands. */
export function sampleProgress(): Progress {
  const { total } = parameterTable(specOf(recipe, 2));
  return {
    epoch: 2,
    step: 6,
    firstMoment: Float32Array.from({ length: total }, (_, i) => Math.sin(i) / 100),
    secondMoment: Float32Array.from({ length: total }, (_, i) => Math.sin(i) ** 2 / 1e6),
    plateau: { learningRate: 0.0005, best: 0.1 + 0.2, badEpochs: 1 },
    history: [1, 2].map((epoch) => ({
      epoch,
      reconstruction: Math.PI / epoch,
      contrastive: Math.E / epoch,
      kl: Math.LN2 / epoch,
      total: Math.SQRT2 / epoch,
      validation: null,
      contrastiveWeight: epoch / 10,
      klWeight: epoch / 7,
      learningRate: 0.001 / epoch,
    })),
    bestWeights: null,
  };
}
