import { beforeAll, describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { wordAlone } from '../../src/explore/mixture';
import { sampleModel } from '../../src/testing/sample-model';
import { loadModelCode } from '../state/model-code';
import { earlierCurves } from './word-curves';

beforeAll(loadModelCode);

const model = { ...sampleModel(), source: 'run', settings: null, contributors: null } as const;
const lifted = FLAT_SETTING.with(0, 3);
const frame = {
  epoch: 7,
  points: new Float32Array(10),
  settings: Float32Array.from([...FLAT_SETTING, ...lifted]),
};

describe('the curves of an earlier epoch', () => {
  it('are those of the picked words, as they were then', () => {
    const [one, ...others] = earlierCurves(model, wordAlone('wärm'), frame) ?? [];
    expect(others).toEqual([]);
    expect(one?.name).toBe('wärm after epoch 7');
    expect(one?.setting.map((value) => Number(value.toFixed(3)))).toEqual(lifted);
    const both = {
      ...wordAlone('wärm'),
      parts: ['wärm', 'bright', 'unknown'].map((word) => ({ word, cluster: null, weight: 1 })),
    };
    const names = earlierCurves(model, both, frame)?.map(({ name }) => name);
    expect(names).toEqual(['wärm after epoch 7', 'bright after epoch 7']);
  });

  it('are not known where the words were not kept', () => {
    expect(earlierCurves(model, wordAlone('wärm'), { ...frame, settings: null })).toBeNull();
  });
});
