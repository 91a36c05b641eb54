import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSafeCsv } from '../data/parse-safe-csv';
import { createEngine } from '../engines/create-engine';
import { InputError } from '../base/input-error';
import { sampleModel, sampleProgress } from '../testing/sample-model';
import { trainEpochs } from '../testing/small-run';
import { trainingSetFor } from '../training/rows/as-chosen';
import { RECIPES } from '../recipe/recipes';
import { prepareRun } from '../training/prepare-run';
import { compareRuns, type ComparedRun } from './compare-runs';
import { markdownText } from '../base/table-text';

type Run = NonNullable<ComparedRun['document']['run']>;

/** The sample run with something changed. */
function sampleRun(change: (run: Run) => Partial<Run> = () => ({})): ComparedRun {
  const { document } = sampleModel();
  const { run } = document;
  if (run === null) throw new Error('The sample has a run.');
  return {
    document: { ...document, run: { ...run, ...change(run) } },
    history: sampleProgress().history,
  };
}

/** The row of a table that begins with these words. */
function rowOf(table: { rows: readonly (readonly (string | null)[])[] }, title: string) {
  return table.rows.find(([first]) => first === title);
}

describe('compareRuns', () => {
  it('names the settings that differ, and no others', () => {
    const { settings, names } = compareRuns([
      sampleRun(),
      sampleRun(({ recipe }) => ({ recipe: { ...recipe, seed: 5, hidden: [9] } })),
      sampleRun(({ recipe }) => ({ recipe: { ...recipe, dropout: 0 } })),
    ]);
    expect(names).toEqual(['A small run', 'A small run (2)', 'A small run (3)']);
    expect(settings.columns).toEqual(['Setting', ...names]);
    expect(settings.rows).toEqual([
      ['hidden', '5–4', '9', '5–4'],
      ['dropout', '0.1', '0.1', '0'],
      ['seed', '1', '5', '1'],
    ]);
  });

  it('warns of nothing where only the seed of training differs', () => {
    const whole = ({ recipe }: Run) => ({ recipe: { ...recipe, epochs: 2 } });
    const { warnings } = compareRuns([sampleRun(whole), sampleRun(whole)]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['another file', { dataSha256: 'b'.repeat(64) }, 'different data files'],
    ['another split', { splitHash: 'f'.repeat(64) }, 'hold out different rows'],
    ['no figures', { scoreboard: null }, 'A small run (2): it has not been measured.'],
  ])('warns of %s', (_, change, said) => {
    const { warnings } = compareRuns([sampleRun(), sampleRun(() => change)]);
    expect(warnings.join('\n')).toContain(said);
  });

  it.each([
    ['normaliser', { normaliser: 'z-score' as const }, 'not in the same unit'],
    ['measure', { reconstruction: 'response' as const }, 'by different measures'],
    ['weights', { contrastiveEnd: 2 }, 'weighed differently'],
    ['epochs', { epochs: 9 }, 'it has trained 2 of 9 epochs'],
  ])('warns of another %s', (_, setting, said) => {
    const other = sampleRun(({ recipe }) => ({ recipe: { ...recipe, ...setting } }));
    expect(compareRuns([sampleRun(), other]).warnings.join('\n')).toContain(said);
  });

  it('says which is better of held-out rows that are the same, and of losses in one unit', () => {
    const better = (change: Parameters<typeof sampleRun>[0]) => {
      const { scores } = compareRuns([sampleRun(), sampleRun(change)]);
      const of = (title: string) => rowOf(scores, title)?.[1];
      return [of('Parameter error, held-out rows'), of('Total loss, last epoch')];
    };
    expect(better(() => ({}))).toEqual(['lower', 'lower']);
    expect(better(({ recipe }) => ({ recipe: { ...recipe, contrastiveEnd: 2 } }))).toEqual([
      'lower',
      null,
    ]);
    expect(better(() => ({ splitHash: 'f'.repeat(64) }))).toEqual([null, null]);
  });

  it('never puts figures on training rows in a line with held-out ones', () => {
    const { scores, warnings } = compareRuns([
      sampleRun(),
      sampleRun(({ scoreboard }) => ({
        scoreboard: scoreboard === null ? null : { ...scoreboard, on: 'training rows' },
      })),
    ]);
    expect(rowOf(scores, 'Parameter error, held-out rows')?.slice(2)).toEqual(['0.0625', null]);
    expect(rowOf(scores, 'Parameter error, training rows')?.slice(2)).toEqual([null, '0.0625']);
    expect(warnings.join('\n')).toContain('on rows it learnt from');
  });

  it('refuses a single run, nine runs, and models that do not say how they were trained', () => {
    expect(() => compareRuns([sampleRun()])).toThrow(InputError);
    expect(() => compareRuns(Array.from({ length: 9 }, () => sampleRun()))).toThrow(InputError);
    const silent = { document: { ...sampleModel().document, run: null }, history: [] };
    expect(() => compareRuns([sampleRun(), silent])).toThrow(InputError);
  });
});

describe('Seed V1 against Seed V2', () => {
  const runs: ComparedRun[] = [];
  beforeAll(async () => {
    const file = readFileSync(new URL('../../public/sample.csv', import.meta.url));
    const data = await parseSafeCsv(new Uint8Array(file), { synthetic: true });
    const { engine } = await createEngine('tfjs-wasm');
    for (const key of ['seed-v1', 'seed-v2'] as const) {
      const { title: name } = RECIPES[key];
      const recipe = { ...RECIPES[key].recipe, epochs: 1 };
      const set = await trainingSetFor(recipe, data, ['bright', 'warm']);
      const run = await prepareRun({ name, recipe, data, set }, engine);
      const { model, progress } = await trainEpochs(run, 1);
      runs.push({ document: model.document, history: progress.history });
    }
    engine.dispose();
  }, 120_000);

  it('gives the table of the seed log, measured', () => {
    const { scores, settings, words, warnings, names } = compareRuns(runs);
    expect(names).toEqual(['Seed V1', 'Seed V2']);
    expect(rowOf(settings, 'output')).toEqual(['output', 'dB, Hz and Q', 'Normalised, 0 to 1']);
    expect(rowOf(settings, 'batch')).toEqual(['batch', '32', '64']);
    runs.forEach(({ document, history }, i) => {
      const board = document.run?.scoreboard;
      const at = (title: string) => rowOf(scores, title)?.[2 + i];
      expect(at('Silhouette, held-out rows')).toBe(board?.silhouette?.toFixed(3));
      expect(at('Davies–Bouldin, held-out rows')).toBe(board?.daviesBouldin?.toFixed(2));
      // Four digits are shown; Seed V1's loss is of squared Hz.
      const total = history[0]?.total ?? NaN;
      expect(Number(at('Total loss, last epoch')) / total).toBeCloseTo(1, 3);
    });
    expect(words.rows.map(([word]) => word).toSorted()).toEqual(['bright', 'warm']);
    // The same rows are held out, so the flat curve is equally far for both.
    expect(words.rows.every((row) => row.every((cell) => cell !== null))).toBe(true);
    expect(warnings.join('\n')).not.toContain('different rows');
    expect(warnings.join('\n')).toContain('The normalisers differ');
    const others = scores.rows.filter(([title]) =>
      /training rows|without a model/.test(title ?? ''),
    );
    expect(others.length).toBeGreaterThan(5);
    expect(others.every(([, direction]) => direction === null)).toBe(true);
    expect(markdownText(scores)).toContain('| Silhouette, held-out rows | higher |');
  });
});
