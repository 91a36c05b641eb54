import { describe, expect, it } from 'vitest';
import type { EpochRecord } from '../../src/training/progress';
import { LossHistory } from './loss-history';

const record = (epoch: number): EpochRecord => ({
  epoch,
  reconstruction: 1 / epoch,
  contrastive: 2 / epoch,
  kl: 0,
  total: 3 / epoch,
  contrastiveWeight: 0.1,
  validation: null,
  klWeight: 0,
  learningRate: 0.001,
});

describe('the history of a run', () => {
  it('keeps every epoch, past the size it began with', () => {
    const history = new LossHistory();
    for (let epoch = 1; epoch <= 1000; epoch++) history.append(record(epoch));
    expect(history.length).toBe(1000);
    expect(history.column('epoch')).toEqual(Float64Array.from({ length: 1000 }, (_, i) => i + 1));
    expect(history.column('total')[999]).toBe(3 / 1000);
    expect(history.last('contrastive')).toBe(2 / 1000);
  });

  it('gives columns, and takes an epoch, without copying what was there', () => {
    const history = new LossHistory([record(1), record(2)]);
    const before = history.column('total');
    history.append(record(3));
    expect(history.column('total').buffer).toBe(before.buffer);
    expect(history.column('total').length).toBe(3);
    expect(before.length).toBe(2);
  });

  it('has no last value before the first epoch', () => {
    expect(new LossHistory().last('total')).toBeUndefined();
  });
});
