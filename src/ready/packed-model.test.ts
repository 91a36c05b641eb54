import { describe, expect, it } from 'vitest';
import { deflate } from '../base/deflate';
import { EQ_PARAMETERS } from '../eq/parameters';
import { initialWeights } from '../model/initialise';
import type { Model } from '../model/model';
import { modelToTensors } from '../model/model-file';
import { parameterTable } from '../model/parameter-table';
import { writeSafetensors, type Tensor } from '../model/safetensors';
import { specOf } from '../recipe/recipe';
import { damaged, fuzz } from '../testing/fuzz';
import { sampleModel } from '../testing/sample-model';
import { LEAST_BITS, packModel, unpackModel } from './packed-model';
import { packFile, unpackFile } from '../model/packed-file';

/** With tensors large enough to be packed. */
function wideModel(): Model {
  const model = sampleModel();
  const { run, words } = model.document;
  if (run === null) throw new Error('the sample model has a run');
  const recipe = { ...run.recipe, hidden: [64, 48] };
  const spec = specOf(recipe, words.length);
  const document = { ...model.document, spec, run: { ...run, recipe } };
  return { ...model, document, weights: initialWeights(spec, 7) };
}

const wide = wideModel();
const packed = await packModel(wide, 10);

describe('a packed model', () => {
  it('is the same but for weights and map, which are half a step off at the most', async () => {
    const large = parameterTable(wide.document.spec).entries.filter(({ size }) => size >= 1024);
    expect(large.length).toBeGreaterThan(0);
    for (const bits of [LEAST_BITS, 12, 16]) {
      const back = await unpackModel(await packModel(wide, bits));
      expect(back.document).toEqual(wide.document);
      expect({ ...back.map, points: null }).toEqual({ ...wide.map, points: null });
      // 3 is the farthest coordinate, and a step of 13 bits a 4095th of it.
      wide.map?.points.forEach((place, i) => {
        expect(Math.abs((back.map?.points[i] ?? 0) - place)).toBeLessThanOrEqual(
          0.501 * (3 / 4095),
        );
      });
      for (const { shape, offset, size } of large) {
        const columns = size / (shape[0] ?? 1);
        for (let row = offset; row < offset + size; row += columns) {
          const before = wide.weights.subarray(row, row + columns);
          const after = back.weights.subarray(row, row + columns);
          const step = Math.max(...before.map(Math.abs)) / (2 ** (bits - 1) - 1);
          before.forEach((weight, i) => {
            expect(Math.abs((after[i] ?? 0) - weight)).toBeLessThanOrEqual(0.501 * step);
          });
        }
      }
      const small = parameterTable(wide.document.spec).entries.filter(({ size }) => size < 1024);
      for (const { offset, size } of small) {
        expect(back.weights.subarray(offset, offset + size)).toEqual(
          wide.weights.subarray(offset, offset + size),
        );
      }
    }
  });

  it('loses nothing more by being packed again, and is the same bytes each time', async () => {
    const back = await unpackModel(packed);
    expect(await packModel(wide, 10)).toEqual(packed);
    const again = await unpackModel(await packModel(back, 10));
    expect(
      again.weights.every((weight, i) => Math.abs(weight - (back.weights[i] ?? 0)) < 1e-7),
    ).toBe(true);
  });

  it('keeps a tensor of zeros', async () => {
    const weights = new Float32Array(wide.weights.length);
    const back = await unpackModel(await packModel({ ...wide, weights }, LEAST_BITS));
    expect(back.weights).toEqual(weights);
  });

  it('is less than half of the model file', () => {
    expect(packed.length).toBeLessThan(0.5 * writeSafetensors(modelToTensors(wide)).length);
  });
});

describe('refusing, with a sentence', () => {
  /** The packed file with a tensor put in place of another, or added. */
  async function withTensor(name: string, tensor: Tensor): Promise<Uint8Array> {
    const { tensors, metadata } = await unpackFile(packed, 'It');
    return packFile({ tensors: new Map([...tensors, [name, tensor]]), metadata });
  }
  const weight = 'encoder.encoder_layers.0.main_path.4.weight';

  it('what is not packed, cut short, or unpacks without end', async () => {
    await expect(unpackModel(Uint8Array.of(1, 2, 3))).rejects.toThrow(
      'The ready-made model cannot be used: it is damaged.',
    );
    await expect(unpackModel(packed.subarray(0, -20))).rejects.toThrow('it is damaged.');
    await expect(unpackModel(await deflate(new Uint8Array(2 ** 24 + 1)))).rejects.toThrow(
      'it unpacks to more than 16 MB.',
    );
    await expect(unpackModel(await packFile(modelToTensors(wide)))).rejects.toThrow(
      'the file does not say how it is packed.',
    );
    const { tensors, metadata } = await unpackFile(packed, 'It');
    const later = new Map([...metadata, ['packing', '{"version":2}']]);
    await expect(unpackModel(await packFile({ tensors, metadata: later }))).rejects.toThrow(
      'it is of a later version.',
    );
  });

  it('steps that do not fit, and those of nothing', async () => {
    const steps = (count: number, value: number): Tensor => ({
      dtype: 'F32',
      shape: [count],
      data: new Float32Array(count).fill(value),
    });
    for (const count of [0, 7]) {
      await expect(
        unpackModel(await withTensor(`${weight}.steps`, steps(count, 1))),
      ).rejects.toThrow(`Tensor "${weight}.steps" does not fit "${weight}".`);
    }
    await expect(
      unpackModel(await withTensor(`${weight}.steps`, steps(1, Number.NaN))),
    ).rejects.toThrow('not a finite number');
    await expect(unpackModel(await withTensor('other.steps', steps(1, 1)))).rejects.toThrow(
      'Tensor "other.steps" has no place in this model.',
    );
    // An element type that cannot be packed.
    await expect(unpackModel(await withTensor('map.labels.steps', steps(1, 1)))).rejects.toThrow(
      '"map.labels" holds I32 values instead of U8.',
    );
  });
});

const unpackedBytes = writeSafetensors(await unpackFile(packed, 'It'));

describe('the reader of packed models', () => {
  fuzz('packed models', damaged(packed), async (bytes) => {
    await unpackModel(bytes);
  });
  // Behind deflate, where hardly any damage of the file itself leads.
  fuzz('packed models damaged before they were deflated', damaged(unpackedBytes), async (bytes) => {
    const { document, weights } = await unpackModel(await deflate(bytes));
    expect(weights.every(Number.isFinite)).toBe(true);
    expect(
      document.words.every(({ schools }) =>
        schools.every(({ setting }) => setting.length === EQ_PARAMETERS.length),
      ),
    ).toBe(true);
  });
});
