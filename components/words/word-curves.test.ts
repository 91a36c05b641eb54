import { beforeAll, describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { wordAlone } from '../../src/explore/mixture';
import { sampleModel } from '../../src/testing/sample-model';
import { loadModelCode } from '../state/model-code';
import { earlierCurves, wordCurves } from './word-curves';

beforeAll(loadModelCode);

const model = { ...sampleModel(), source: 'run', settings: null, contributors: null } as const;
const lifted = FLAT_SETTING.with(0, 3);
const frame = {
  epoch: 7,
  points: new Float32Array(10),
  settings: Float32Array.from([...FLAT_SETTING, ...lifted]),
};

describe('the curves of a word', () => {
  const dashesOf = (...of: Parameters<typeof wordAlone>) =>
    Object.fromEntries(wordCurves(model, wordAlone(...of)).map(({ name, dash }) => [name, dash]));

  it('are told apart by their dashes, each kind by its own wherever it is drawn', () => {
    const all = dashesOf('bright');
    expect(Object.keys(all)).toEqual(['bright, top lift', 'bright, gentle', 'bright']);
    expect(all.bright).toBeNull();
    expect(new Set(Object.values(all)).size).toBe(3);
    expect(dashesOf('bright', 'gentle')).toEqual({
      bright: null,
      'bright, gentle': all['bright, gentle'],
    });
  });

  it('are told apart at another strength, too', () => {
    const half = wordCurves(model, { ...wordAlone('bright'), strength: 0.5 });
    expect(half).toHaveLength(4);
    expect(new Set(half.map(({ dash }) => dash)).size).toBe(4);
  });
});

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
