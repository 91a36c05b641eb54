import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSafeCsv } from '../data/parse-safe-csv';
import { syntheticCsv } from '../data/synthetic';
import { decodeSetting } from '../model/word-settings';
import { readModelFile } from '../model/model-file';
import { sampleModel } from '../testing/sample-model';
import { sharedFile } from '../testing/shared-files';
import { encodeKnownRows, placeWords, wantsPlaces } from './place-words';

const published = sharedFile('reference/seed-v2.safetensors');
const realData = sharedFile('data/SAFEEqualiserUserData.csv');

describe('placing the words of a model', () => {
  it.skipIf(published === null || realData === null)(
    'gives the published weights their words’ settings (needs ../shared/reference and ../shared/data)',
    async () => {
      const model = readModelFile(readFileSync(published ?? ''));
      expect(wantsPlaces(model)).toBe(true);
      const data = await parseSafeCsv(readFileSync(realData ?? ''), { synthetic: false });
      const placed = placeWords(model, data);
      expect(wantsPlaces(placed)).toBe(false);
      expect(placed.map?.labels.length).toBe(1283);
      const warm = placed.document.words.find(({ word }) => word === 'warm');
      expect(warm?.rows).toBe(532);
      const setting = decodeSetting(placed, warm?.centroid ?? []);
      // The seed log's figures: low shelf −0.23 dB, bell 1 +5.46 dB.
      expect(setting[0]).toBeCloseTo(-0.23, 2);
      expect(setting[2]).toBeCloseTo(5.46, 2);
    },
  );

  it('leaves a model alone when the data has none of its words', async () => {
    const model = sampleModel();
    const words = model.document.words.map((word, i) => ({ ...word, word: `no-${String(i)}` }));
    const stranger = { ...model, document: { ...model.document, words } };
    const data = await parseSafeCsv(new TextEncoder().encode(syntheticCsv()), { synthetic: true });
    expect(encodeKnownRows(stranger, data).rows).toEqual([]);
    expect(placeWords(stranger, data)).toBe(stranger);
  });
});
