import { describe, expect, it } from 'vitest';
import { FLAT_SETTING, type EqSetting } from '../eq/parameters';
import type { Model } from '../model/model';
import { modelFromTensors, modelToTensors } from '../model/model-file';
import { sampleModel } from '../testing/sample-model';
import { withoutRows } from './without-rows';

/** Its first word's kinds, proposals and density stand for so many rows each. */
function modelOf(rows: number): Model {
  const model = sampleModel();
  const words = model.document.words.map((word, label) => {
    if (label > 0) return word;
    const { schools, proposals = [], density = [] } = word;
    return {
      ...word,
      schools: schools.map((kind) => ({ ...kind, rows })),
      proposals: proposals.map((set) => set.map((proposal) => ({ ...proposal, rows }))),
      density: density.map((part) => ({ ...part, rows })),
    };
  });
  return { ...model, document: { ...model.document, words } };
}

const first = ({ document }: Model) => document.words[0];
const setting = (gainDb: number): EqSetting => FLAT_SETTING.with(11, gainDb);

describe('a model without rows', () => {
  it('keeps what stands for five rows and is none of them', () => {
    const model = modelOf(5);
    // The kinds' top shelves lift by 4.5 and 0 dB.
    expect(withoutRows(model, [{ setting: setting(4) }, { setting: setting(0.1) }])).toEqual(model);
  });

  it('has no kinds, proposals and densities of fewer rows', () => {
    const less = withoutRows(modelOf(4), [{ setting: setting(4) }]);
    expect(first(less)).toMatchObject({ schools: [], proposals: [], density: [] });
    expect(first(less)?.centroid).toEqual(first(modelOf(4))?.centroid);
    expect(less.map?.schools).toEqual(new Uint8Array(5));
    expect(modelFromTensors(modelToTensors(less)).document).toEqual(less.document);
  });

  it('has none that is a row, nor a set of proposals with one', () => {
    for (const gainDb of [4.5, 4.501]) {
      const less = withoutRows(modelOf(9), [{ setting: setting(gainDb) }]);
      expect(first(less)?.schools).toEqual([]);
      expect(first(less)?.proposals).toEqual([first(modelOf(9))?.proposals?.[0]]);
      expect(first(less)?.density).toHaveLength(2);
    }
    // The same setting, whose bells a person may have in another order.
    const row = FLAT_SETTING.with(11, 4.5).with(2, 0).with(5, 0);
    const swapped = row.toSpliced(2, 6, ...row.slice(5, 8), ...row.slice(2, 5));
    expect(first(withoutRows(modelOf(9), [{ setting: swapped }]))?.schools).toEqual([]);
  });

  it('leaves a model of another program as it is', () => {
    const model = modelOf(9);
    const words = [{ word: 'warm', rows: 0, centroid: null, schools: [] }];
    const other = { ...model, document: { ...model.document, words }, map: null };
    expect(withoutRows(other, [])).toEqual(other);
  });
});
