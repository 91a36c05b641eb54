import { describe, expect, it } from 'vitest';
import { colourNumbers } from '../kit/word-colours';
import { RECIPES } from '../../src/recipe/recipes';
import { LossHistory } from '../state/loss-history';
import type { SweepMember } from '../state/sweep-state';
import { lossAxis, mapColourNumbers, roundRange } from './sweep-drawing';

function memberOf(...losses: number[]): SweepMember {
  const history = new LossHistory(
    losses.map((total, i) => ({
      epoch: i + 1,
      reconstruction: 0,
      contrastive: 0,
      total,
      kl: 0,
      contrastiveWeight: 0,
      validation: null,
      klWeight: 0,
      learningRate: 0,
    })),
  );
  const { recipe } = RECIPES['seed-v2'];
  return { label: '', name: '', recipe, history, epochs: losses.length, outcome: null };
}

describe('the axis of the losses', () => {
  it('holds every run’s, between round numbers', () => {
    expect(lossAxis([memberOf(0.62, 0.41), memberOf(), memberOf(1.1)])).toEqual({
      low: 0.4,
      high: 1.2,
      exceeded: false,
    });
  });

  it('is not there before the first epoch', () => {
    expect(lossAxis([memberOf(), memberOf()])).toBeNull();
  });

  it('does not follow a run that flies off', () => {
    const axis = lossAxis([memberOf(1), memberOf(2, 4000), memberOf(1.4)]);
    expect(axis).toMatchObject({ exceeded: true });
    expect(axis?.high).toBeLessThan(3);
  });

  it('has a height even where all losses are equal', () => {
    for (const loss of [0, 0.3, -2, 1e-9]) {
      const [low, high] = roundRange(loss, loss);
      expect(low).toBeLessThanOrEqual(loss);
      expect(high).toBeGreaterThanOrEqual(loss);
      expect(high).toBeGreaterThan(low);
    }
    expect(roundRange(0.3, 0.9)).toEqual([0.2, 1]);
  });
});

it('gives words the colours of the large map', () => {
  const map = {
    points: new Float32Array(8),
    labels: Int32Array.of(2, 0, 2, 1),
    heldOut: new Uint8Array(4),
    schools: new Uint8Array(4),
    origin: new Float32Array(2),
    axes: new Float32Array(4),
  };
  const words = ['dull', 'dim', 'dark'];
  const rows = [1, 1, 2];
  const large = colourNumbers(words.map((word, i) => ({ word, rows: rows[i] ?? 0 })));
  expect(mapColourNumbers(words, map)).toEqual(large);
  expect(mapColourNumbers(['airy', 'bright', 'warm'], map)[2]).toBe(0);
});
