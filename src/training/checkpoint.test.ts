import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import { readModelFile, writeModelFile } from '../model/model-file';
import { readSafetensors, writeSafetensors, type Tensor } from '../model/safetensors';
import fc from '../testing/fast-check';
import { sampleModel, sampleProgress } from '../testing/sample-model';
import { readCheckpoint, writeCheckpoint } from './checkpoint';

/** The sample checkpoint's file after a change to its content. */
function changed(change: { tensor?: [string, Tensor | null]; progress?: object }): Uint8Array {
  const file = readSafetensors(writeCheckpoint(sampleModel(), sampleProgress()));
  const tensors = new Map(file.tensors);
  const metadata = new Map(file.metadata);
  if (change.tensor !== undefined) {
    const [name, tensor] = change.tensor;
    if (tensor === null) tensors.delete(name);
    else tensors.set(name, tensor);
  }
  if (change.progress !== undefined) {
    const { epoch, step, plateau } = sampleProgress();
    metadata.set(
      'warmbright.progress',
      JSON.stringify({ epoch, step, plateau, ...change.progress }),
    );
  }
  return writeSafetensors({ tensors, metadata });
}

describe('a checkpoint', () => {
  it('gives model and progress back, the same bits', () => {
    const model = sampleModel();
    const progress = sampleProgress();
    const bytes = writeCheckpoint(model, progress);
    expect(readCheckpoint(bytes)).toEqual({ model, progress, timeline: null });
    expect(writeCheckpoint(model, progress)).toEqual(bytes);
  });

  it('keeps a timeline’s file as it is, whatever it holds', () => {
    const timeline = Uint8Array.of(9, 8, 7);
    const model = sampleModel();
    const progress = sampleProgress();
    const bytes = writeCheckpoint(model, progress, timeline);
    expect(readCheckpoint(bytes)).toEqual({ model, progress, timeline });
    // As earlier versions read it, which know no timelines.
    expect(readModelFile(bytes)).toEqual(model);
  });

  it('keeps every float64 of the history and the plateau', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const record = fc.record({
      reconstruction: number,
      contrastive: number,
      kl: number,
      total: number,
      contrastiveWeight: number,
      klWeight: number,
      learningRate: number,
    });
    // All of a run's epochs have a validation loss, or none has.
    const histories = fc
      .tuple(fc.array(record, { maxLength: 5 }), fc.boolean())
      .map(([records, validated]) =>
        records.map((losses, i) => ({
          ...losses,
          epoch: i + 1,
          validation: validated ? losses.total : null,
        })),
      );
    // JSON has no −0, and neither a learning rate nor a best loss is ever one.
    const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
    const plateau = fc.record({
      learningRate: positive,
      best: fc.option(positive),
      badEpochs: fc.nat(),
    });
    const model = sampleModel();
    fc.assert(
      fc.property(histories, plateau, (history, state) => {
        const progress = {
          ...sampleProgress(),
          epoch: history.length,
          plateau: state,
          history,
        };
        expect(readCheckpoint(writeCheckpoint(model, progress)).progress).toEqual(progress);
      }),
    );
  });

  it('keeps the weights of the best epoch', () => {
    const progress = sampleProgress();
    const bestWeights = progress.firstMoment.map((value) => 1 - value);
    const bytes = writeCheckpoint(sampleModel(), { ...progress, bestWeights });
    expect(readCheckpoint(bytes).progress).toEqual({ ...progress, bestWeights });
  });

  it('written before there were variational models has no KL divergence in its history', () => {
    const { epoch, history } = sampleProgress();
    const columns = history.flatMap((record) => [
      record.reconstruction,
      record.contrastive,
      record.total,
      record.contrastiveWeight,
      record.learningRate,
    ]);
    const data = Float64Array.from(columns);
    const bytes = changed({
      tensor: ['progress.history', { dtype: 'F64', shape: [epoch, 5], data }],
    });
    const expected = history.map((record) => ({ ...record, kl: 0, klWeight: 0 }));
    expect(readCheckpoint(bytes).progress?.history).toEqual(expected);
  });

  it('opens as a model', () => {
    expect(readModelFile(writeCheckpoint(sampleModel(), sampleProgress()))).toEqual(sampleModel());
  });

  it('of a model file has no progress', () => {
    const model = sampleModel();
    expect(readCheckpoint(writeModelFile(model))).toEqual({
      model,
      progress: null,
      timeline: null,
    });
  });

  it('is not written when it could not be read again', () => {
    const diverged = sampleProgress();
    diverged.secondMoment[5] = Infinity;
    expect(() => writeCheckpoint(sampleModel(), diverged)).toThrow(
      /"optimiser.second_moment" .*\(element 5\)/,
    );
    const short = { ...sampleProgress(), epoch: 3 };
    expect(() => writeCheckpoint(sampleModel(), short)).toThrow(/"progress.history" has shape/);
    const plateau = { ...sampleProgress().plateau, best: Number.NaN };
    expect(() => writeCheckpoint(sampleModel(), { ...sampleProgress(), plateau })).toThrow(
      /progress cannot be used \(at plateau.best\)/,
    );
  });
});

describe('refusing, with a sentence that names the fault', () => {
  const cases: [string, Uint8Array, RegExp][] = [
    [
      'no moments',
      changed({ tensor: ['optimiser.first_moment', null] }),
      /"optimiser.first_moment" is missing/,
    ],
    [
      'moments of another model',
      changed({
        tensor: ['optimiser.first_moment', { dtype: 'F32', shape: [1], data: Float32Array.of(0) }],
      }),
      /"optimiser.first_moment" has shape \[1\]/,
    ],
    [
      'a history of another length',
      changed({ progress: { epoch: 7 } }),
      /"progress.history" has shape \[2, 7\] instead of \[7, 7\]/,
    ],
    [
      'an epoch that is no count',
      changed({ progress: { epoch: -1 } }),
      /progress cannot be used \(at epoch\)/,
    ],
    ['a field too many', changed({ progress: { more: 1 } }), /at more/],
  ];
  it.each(cases)('%s', (_, bytes, sentence) => {
    expect(() => readCheckpoint(bytes)).toThrow(InputError);
    expect(() => readCheckpoint(bytes)).toThrow(sentence);
  });

  it('a second moment below 0', () => {
    const { secondMoment } = sampleProgress();
    secondMoment[1] = -1;
    const tensor: Tensor = { dtype: 'F32', shape: [secondMoment.length], data: secondMoment };
    const bytes = changed({ tensor: ['optimiser.second_moment', tensor] });
    expect(() => readCheckpoint(bytes)).toThrow(/"optimiser.second_moment" .*below 0/);
  });
});
