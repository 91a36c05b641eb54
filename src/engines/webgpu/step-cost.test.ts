import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RECIPES } from '../../recipe/recipes';
import { specOf } from '../../recipe/recipe';
import { buildTape } from '../tape/build-tape';
import type { Op, Tape } from '../tape/tape';
import { LAYOUT, PROFILES } from './profiles';
import { REDUCTIONS, reductionBarriers, stepCost } from './step-cost';

const { recipe } = RECIPES['seed-v2'];

function seedTape(batchSize = 64): Tape {
  return buildTape(specOf(recipe, 14), {
    batchSize,
    reconstruction: 'mse',
    targets: false,
    mask: false,
    dropout: true,
    layout: LAYOUT,
  });
}

/** A function's text in a shader of this folder. */
function body(file: string, name: string): string {
  const shader = readFileSync(new URL(`${file}.wgsl`, import.meta.url), 'utf8');
  const start = shader.indexOf(`fn ${name}(`);
  expect(start, name).toBeGreaterThanOrEqual(0);
  const end = shader.indexOf('\n}\n', start);
  return shader.slice(start, end);
}

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe('the cost of a step', () => {
  it('is that of four dispatches, with all the arithmetic of the tape', () => {
    const cost = stepCost(seedTape(), PROFILES.hardware);
    expect(cost.map(({ phase }) => phase)).toEqual([
      'forward',
      'contrastive',
      'backward',
      'update',
    ]);
    const flop = cost.reduce((sum, dispatch) => sum + dispatch.flop, 0);
    // Two operations a weight and row on the way forward, four back and in the update.
    expect(flop / (6 * 64 * 139_501)).toBeGreaterThan(1);
    expect(flop / (6 * 64 * 139_501)).toBeLessThan(1.2);
  });

  it.each(['hardware', 'software'] as const)('cuts the batch as the profile does: %s', (name) => {
    const profile = PROFILES[name];
    const [forward, , , update] = stepCost(seedTape(), profile);
    expect(forward?.workgroups).toBe(64 / profile.rows);
    expect(update?.trips).toBe(64 / profile.together);
    // Twice the rows are twice the workgroups, each of which does what it did.
    const [twice] = stepCost(seedTape(128), profile);
    expect(twice?.workgroups).toBe(2 * (forward?.workgroups ?? 0));
    expect(twice?.barriers).toBe(forward?.barriers);
    expect(twice?.trips).toBe(forward?.trips);
    expect(twice?.bytes).toBe(2 * (forward?.bytes ?? 0));
  });

  it('has the trips and bytes of a product as its loops, written out, have them', () => {
    const { rows: high, lanes, columns: wide } = PROFILES.hardware;
    const tape = seedTape();
    const linear = tape.phases.forward.find((op) => op.op === 'linear' && op.y.columns > 64);
    if (linear?.op !== 'linear') throw new Error('There is no such layer.');
    const plain = { add: null, activation: 'none', kept: null, factors: null } as const;
    const alone = { ...tape, phases: { ...tape.phases, forward: [{ ...linear, finish: plain }] } };
    const [cost] = stepCost(alone, PROFILES.hardware);
    let floats = 0;
    let trips = 0;
    for (let first = 0; first < 64; first += high) {
      trips = 0;
      for (let column = 0; column < linear.y.columns; column += lanes * wide) {
        for (let k = 0; k < linear.x.columns; k++) {
          // Four at once, the rest one by one.
          if (k % 4 === 0 || k >= 4 * Math.floor(linear.x.columns / 4)) trips += 1;
          floats += high;
          for (let c = column; c < Math.min(column + lanes * wide, linear.y.columns); c++)
            floats += 1;
        }
      }
      // Bias and result.
      floats += linear.y.columns + high * linear.y.columns;
    }
    expect(cost?.trips).toBe(trips);
    expect(cost?.bytes).toBe(4 * floats);
    const { x, y, layer } = linear;
    const once = 64 * x.columns + x.columns * y.columns + y.columns + 64 * y.columns;
    expect(layer.transposed.rows).toBe(x.columns);
    expect(cost?.leastBytes).toBe(4 * once);
  });

  it('never moves less than every matrix once', () => {
    for (const profile of Object.values(PROFILES)) {
      for (const { bytes, leastBytes } of stepCost(seedTape(), profile)) {
        expect(leastBytes).toBeGreaterThan(0);
        expect(bytes).toBeGreaterThanOrEqual(leastBytes * 0.5);
      }
    }
  });
});

describe('the barriers', () => {
  it.each<[Op['op'], string, string]>([
    ['normalise', 'rows', 'normalise'],
    ['normaliseBack', 'rows', 'normalise_back'],
    ['reconstruction', 'rows', 'reconstruction'],
    ['unitRows', 'contrast', 'unit_rows'],
    ['unitRowsBack', 'contrast', 'unit_rows_back'],
    ['similarity', 'contrast', 'similarity'],
    ['sample', 'sample', 'sample'],
    ['wordLoss', 'word-loss', 'word_loss'],
  ])('of %s are those of its kernel', (op, file, name) => {
    expect(count(body(file, name), /\b(sum|max)_lanes\(/g)).toBe(REDUCTIONS[op]);
  });

  it('of a sum over the lanes are those of its kernel', () => {
    const text = body('reduce', 'sum_lanes');
    const [inLoop = ''] = /for [^}]*/.exec(text) ?? [];
    const loops = Math.log2(64);
    const all = count(text, /workgroupBarrier\(\)/g);
    const inside = count(inLoop, /workgroupBarrier\(\)/g);
    expect(all - inside + loops * inside).toBe(reductionBarriers(PROFILES.hardware));
  });
});
