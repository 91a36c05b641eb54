import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import fc from '../testing/fast-check';
import { sampleModel } from '../testing/sample-model';
import { sharedFile } from '../testing/shared-files';
import { specOf } from '../recipe/recipe';
import { RECIPES } from '../recipe/recipes';
import type { Model, Proposal, WordCluster } from './model';
import { initialWeights } from './initialise';
import { modelToTensors, readModelFile, writeModelFile } from './model-file';
import { fromFounding } from './normaliser-schema';
import { readSafetensors, writeSafetensors, type Tensor, type TensorFile } from './safetensors';

const FIRST = 'encoder.encoder_layers.0.main_path.0.weight';

/** The sample model's file after a change to its content. */
function changed(change: {
  tensor?: [string, Tensor | null];
  metadata?: [string, string];
}): Uint8Array {
  const file = modelToTensors(sampleModel());
  const tensors = new Map(file.tensors);
  const metadata = new Map(file.metadata);
  if (change.tensor !== undefined) {
    const [name, tensor] = change.tensor;
    if (tensor === null) tensors.delete(name);
    else tensors.set(name, tensor);
  }
  if (change.metadata !== undefined) metadata.set(...change.metadata);
  return writeSafetensors({ tensors, metadata });
}

const document = (change: object): { metadata: [string, string] } => ({
  metadata: ['warmbright', JSON.stringify({ ...sampleModel().document, ...change })],
});

const f32 = (shape: number[], data: number[]): Tensor => ({
  dtype: 'F32',
  shape,
  data: Float32Array.from(data),
});

describe('round trip', () => {
  it('gives the model back, weights bit for bit', () => {
    const model = sampleModel();
    expect(readModelFile(writeModelFile(model))).toEqual(model);
  });

  it('works without map and run', () => {
    const { document: whole, weights } = sampleModel();
    const model: Model = { document: { ...whole, run: null }, weights, map: null };
    expect(readModelFile(writeModelFile(model))).toEqual(model);
  });

  it('names and shapes the tensors as PyTorch does', () => {
    const { tensors } = readSafetensors(writeModelFile(sampleModel()));
    expect(tensors.get(FIRST)?.shape).toEqual([5, 13]);
    expect(tensors.get('encoder.semantic_proj.weight')?.shape).toEqual([6, 3]);
    expect(tensors.get('decoder.output_head.2.bias')?.shape).toEqual([13]);
    expect(tensors.get('map.points')?.shape).toEqual([5, 2]);
  });

  it('gives the same bytes for the same model, however its document was built', () => {
    const model = sampleModel();
    const reversed = Object.fromEntries(Object.entries(model.document).reverse());
    const other = { ...model, document: reversed as Model['document'] };
    expect(Object.keys(other.document)).not.toEqual(Object.keys(model.document));
    expect(writeModelFile(other)).toEqual(writeModelFile(model));
    expect(writeModelFile(readModelFile(writeModelFile(model)))).toEqual(writeModelFile(model));
  });

  it('reads what was written before there were other bodies and losses', () => {
    const { document: whole } = sampleModel();
    const { body, variational, ...spec } = whole.spec;
    expect({ body, variational }).toEqual({ body: 'residual', variational: false });
    const run = whole.run ?? expect.fail();
    const { reconstruction, klFrom, klStep, klMost, ...recipe } = run.recipe;
    expect({ reconstruction, klFrom, klStep, klMost }).toEqual({
      reconstruction: 'mse',
      klFrom: 0,
      klStep: 0,
      klMost: 0,
    });
    const fields = Object.entries(recipe);
    const earlier = Object.fromEntries(
      fields.filter(([key]) => !['body', 'variational'].includes(key)),
    );
    const bytes = changed(document({ spec, run: { ...run, recipe: earlier } }));
    expect(readModelFile(bytes)).toEqual(sampleModel());
  });

  it('reads what was written while gains, frequencies and Qs were scaled alike', () => {
    const normaliser = {
      gainDb: [-12, 12],
      frequencyLog10: [1.3617278337478638, 4.301051616668701],
      frequencyOffsetHz: 1,
      qLog10: [-1, 1],
    };
    expect(readModelFile(changed(document({ normaliser })))).toEqual(sampleModel());
  });

  it('reads a scoreboard that was written before there were more figures', () => {
    const { document: whole } = sampleModel();
    const run = whole.run ?? expect.fail();
    const { on, rows, silhouette, daviesBouldin, reconstruction } = run.scoreboard ?? expect.fail();
    const earlier = { on, rows, silhouette, daviesBouldin, reconstruction };
    const bytes = changed(document({ run: { ...run, scoreboard: earlier } }));
    expect(readModelFile(bytes)).toEqual(sampleModel());
  });

  it('reads what was written before words had clusters', () => {
    const { document: whole, map } = sampleModel();
    const words = whole.words.map(({ word, rows, centroid }) => ({ word, rows, centroid }));
    const bytes = changed({ ...document({ words }), tensor: ['map.schools', null] });
    const read = readModelFile(bytes);
    expect(read.document.words.map(({ schools }) => schools)).toEqual([[], []]);
    expect(read.map).toEqual({ ...map, schools: new Uint8Array(5) });
  });

  it('keeps a plain variational model', () => {
    const { document: whole, map } = sampleModel();
    const spec = { ...whole.spec, body: 'plain', variational: true } as const;
    const weights = initialWeights(spec, 3);
    const model: Model = { document: { ...whole, spec, run: null }, weights, map };
    expect(readModelFile(writeModelFile(model))).toEqual(model);
  });

  it('does not write what could not be read again', () => {
    const model = sampleModel();
    model.weights[3] = Number.NaN;
    expect(() => writeModelFile(model)).toThrow(InputError);
    expect(() => writeModelFile(model)).toThrow(`Tensor "${FIRST}" holds a value that is not`);
  });
});

describe('refusing, with a sentence that names the fault', () => {
  const { document: whole } = sampleModel();
  const [bright, warm] = whole.words;
  const lifted = bright?.schools[0] ?? expect.fail();
  const withClusters = (...schools: WordCluster[]) => ({ ...bright, schools });
  const peak = bright?.proposals?.[0]?.[0] ?? expect.fail();
  const part = bright?.density?.[0] ?? expect.fail();
  const withProposals = (...proposals: Proposal[][]) => ({ ...bright, proposals });
  const loud = lifted.setting.map((value, i) => (i === 0 ? 13 : value));
  const gain = { scale: 'linear', offset: 0, from: -12, to: 12 } as const;
  const hertz = { scale: 'log10', offset: 1, from: 1.3, to: 4.3 } as const;
  const { columns } = whole.normaliser;
  const earlier = {
    gainDb: [-12, 12],
    frequencyLog10: [1.3, 4.3],
    frequencyOffsetHz: 1,
    qLog10: [-1, 1],
  };
  const scored = (figures: object) =>
    document({ run: { ...whole.run, scoreboard: { ...whole.run?.scoreboard, ...figures } } });
  const cases: [string, Uint8Array, RegExp][] = [
    [
      'a later version',
      changed(document({ version: 2, more: 1 })),
      /later version of Warmbright \(format 2; this page reads 1\)/,
    ],
    ['a version that is none', changed(document({ version: 0 })), /at version/],
    [
      'a description that is not JSON',
      changed({ metadata: ['warmbright', '{'] }),
      /not valid JSON/,
    ],
    ['a field too many', changed(document({ address: 'x' })), /at address/],
    [
      'a normaliser without width',
      changed(document({ normaliser: { columns: [{ ...gain, to: -12 }] } })),
      /at normaliser.columns.0\): the lower end must be below the upper end/,
    ],
    [
      'a normaliser of too few columns',
      changed(document({ normaliser: { columns: [gain] } })),
      /at normaliser.columns\): there must be 13 columns/,
    ],
    [
      'an earlier normaliser without width',
      changed(document({ normaliser: { gainDb: [1, 1] } })),
      /at normaliser.gainDb\): the lower end must be below the upper end/,
    ],
    [
      'a normaliser beyond all gains',
      changed(document({ normaliser: { columns: columns.with(2, { ...gain, to: 1e4 }) } })),
      /at normaliser.columns.2.to\): 10000 is outside -200 to 200/,
    ],
    [
      'a normaliser beyond all frequencies',
      changed(document({ normaliser: { columns: columns.with(3, { ...hertz, to: 308 }) } })),
      /at normaliser.columns.3.to\): 308 is outside -6 to 6/,
    ],
    [
      'an earlier normaliser beyond all gains',
      changed(document({ normaliser: { ...earlier, gainDb: [-1e308, 1e308] } })),
      /at normaliser.gainDb.0\): -1e\+308 is outside/,
    ],
    [
      'a centroid beyond all latents',
      changed(document({ words: [{ ...bright, centroid: [0, 1e300, 0] }, warm] })),
      /at words.0.centroid.1\): 1e\+300 is outside -1000000 to 1000000/,
    ],
    [
      'a cluster beyond all latents',
      changed(document({ words: [withClusters({ ...lifted, latent: [0, 0, -1e300] }), warm] })),
      /at words.0.schools.0.latent.2\): -1e\+300 is outside/,
    ],
    [
      'a word of two lines',
      changed(document({ words: [{ ...bright, word: 'warm\nFilter 1: ON' }, warm] })),
      /at words.0.word\): it holds a line break/,
    ],
    [
      'rows without number',
      changed(document({ words: [{ ...bright, rows: 1e300 }, warm] })),
      /at words.0.rows\): 1e\+300 is outside 0 to 1000000000/,
    ],
    [
      'a name of two lines',
      changed(document({ run: { ...whole.run, name: 'a\u2028b' } })),
      /at run.name\): it holds a line break/,
    ],
    [
      'a silhouette of 99',
      changed(scored({ silhouette: 99 })),
      /at run.scoreboard.silhouette\): 99 is outside -1 to 1/,
    ],
    [
      'a rate above 1',
      changed(scored({ neighbourAccuracy: 1.5 })),
      /at run.scoreboard.neighbourAccuracy\): 1.5 is outside 0 to 1/,
    ],
    [
      'a negative error',
      changed(scored({ responseErrorDb: -1 })),
      /at run.scoreboard.responseErrorDb\): -1 is outside 0 to 1000/,
    ],
    [
      'a learning rate beyond its range',
      changed(
        document({ run: { ...whole.run, recipe: { ...whole.run?.recipe, learningRate: 2 } } }),
      ),
      /at run.recipe.learningRate\)/,
    ],
    [
      'map points beyond all maps',
      changed({ tensor: ['map.points', f32([5, 2], new Array<number>(10).fill(3e38))] }),
      /"map.points" holds 3\.\d+e\+38 \(element 0\), outside/,
    ],
    [
      'a weight beyond all weights',
      changed({
        tensor: ['decoder.output_head.2.bias', f32([13], new Array<number>(13).fill(-3e38))],
      }),
      /"decoder.output_head.2.bias" holds -3\.\d+e\+38/,
    ],
    [
      'a missing tensor',
      changed({ tensor: [FIRST, null] }),
      /Tensor "encoder.encoder_layers.0.main_path.0.weight" is missing/,
    ],
    [
      'a tensor of another shape',
      changed({ tensor: [FIRST, f32([5, 1], [1, 2, 3, 4, 5])] }),
      /has shape \[5, 1\] instead of \[5, 13\]/,
    ],
    [
      'a weight that is not finite',
      changed({
        tensor: [
          'decoder.output_head.2.bias',
          f32([13], [...new Array<number>(12).fill(0), Infinity]),
        ],
      }),
      /"decoder.output_head.2.bias" .*element 12/,
    ],
    [
      'a tensor too many',
      changed({ tensor: ['encoder.extra', f32([1], [0])] }),
      /"encoder.extra" has no place/,
    ],
    ['a word twice', changed(document({ words: [bright, bright] })), /word "bright" twice/],
    [
      'a centroid of another size',
      changed(document({ words: [bright, { ...warm, centroid: [1] }] })),
      /"wärm" a centroid of 1 numbers, but the latent has 3/,
    ],
    [
      'a cluster twice',
      changed(document({ words: [withClusters(lifted, lifted), warm] })),
      /cluster "top lift" of the word "bright" twice/,
    ],
    [
      'a cluster of another latent',
      changed(document({ words: [withClusters({ ...lifted, latent: [1] }), warm] })),
      /cluster "top lift" of the word "bright" a latent of 1 numbers instead of 3/,
    ],
    [
      'a cluster no plug-in can make',
      changed(document({ words: [withClusters({ ...lifted, setting: loud }), warm] })),
      /"top lift" .* number 1 is outside the plug-in’s bounds/,
    ],
    [
      'a cluster of too few bands',
      changed(document({ words: [withClusters({ ...lifted, setting: [1] }), warm] })),
      /at words.0.schools.0.setting/,
    ],
    [
      'a proposal twice',
      changed(document({ words: [withProposals([peak, peak]), warm] })),
      /proposal "gentle" of the word "bright" twice/,
    ],
    [
      'a proposal no plug-in can make',
      changed(document({ words: [withProposals([{ ...peak, setting: loud }]), warm] })),
      /proposal "gentle" .* number 1 is outside the plug-in’s bounds/,
    ],
    [
      'too many proposals',
      changed(document({ words: [withProposals(new Array<Proposal>(6).fill(peak)), warm] })),
      /at words.0.proposals.0/,
    ],
    [
      'a density of another latent',
      changed(document({ words: [{ ...bright, density: [{ ...part, deviation: [1] }] }, warm] })),
      /part of the density of the word "bright" a deviation of 1 numbers instead of 3/,
    ],
    [
      'a density of negative width',
      changed(
        document({ words: [{ ...bright, density: [{ ...part, deviation: [1, -1, 1] }] }, warm] }),
      ),
      /at words.0.density.0.deviation.1/,
    ],
    [
      'rows of a cluster that is not there',
      changed(document({ words: [withClusters(lifted), warm] })),
      /"map.schools" holds 1 for a row whose word has fewer clusters/,
    ],
    [
      'labels without a word',
      changed(document({ words: [bright] })),
      /"map.labels" holds 1, .* 0 to 0/,
    ],
    [
      'a negative label',
      changed({
        tensor: ['map.labels', { dtype: 'I32', shape: [5], data: Int32Array.of(0, 0, 0, 0, -1) }],
      }),
      /"map.labels" holds -1/,
    ],
    [
      'a flag that is none',
      changed({
        tensor: ['map.held_out', { dtype: 'U8', shape: [5], data: Uint8Array.of(0, 0, 2, 0, 0) }],
      }),
      /"map.held_out" holds 2/,
    ],
    ['half a map', changed({ tensor: ['map.axes', null] }), /Tensor "map.axes" is missing/],
    [
      'map points of another number of rows',
      changed({ tensor: ['map.points', f32([1, 2], [0, 0])] }),
      /"map.points" has shape \[1, 2\] instead of \[5, 2\]/,
    ],
    [
      'a recipe of another shape',
      changed(document({ run: { ...whole.run, recipe: RECIPES['seed-v2'].recipe } })),
      /a recipe that makes a model of another shape/,
    ],
    [
      'a safetensors file of something else',
      writeSafetensors({ tensors: new Map(), metadata: new Map() }),
      /holds no Warmbright model/,
    ],
  ];
  it.each(cases)('%s', (_, bytes, sentence) => {
    expect(() => readModelFile(bytes)).toThrow(InputError);
    expect(() => readModelFile(bytes)).toThrow(sentence);
  });

  it('a description of an enormous model, without making room for it', () => {
    const spec = { ...whole.spec, hidden: new Array<number>(8).fill(2048) };
    const bytes = changed(document({ spec, run: null }));
    expect(() => readModelFile(bytes)).toThrow(/has shape \[5, 13\] instead of \[2048, 13\]/);
  });

  it('never another exception, whatever byte is changed', () => {
    const bytes = writeModelFile(sampleModel());
    fc.assert(
      fc.property(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, flip) => {
          const damaged = bytes.slice();
          damaged[at] = (damaged[at] ?? 0) ^ flip;
          try {
            readModelFile(damaged);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the reference file', () => {
  const path = sharedFile('reference/seed-v2.safetensors');
  const bytes = path === null ? new Uint8Array() : readFileSync(path);

  it.skipIf(path === null)(
    'opens with spec, normaliser and words (needs ../shared/reference/seed-v2.safetensors)',
    () => {
      const model = readModelFile(bytes);
      expect(model.document.spec).toEqual(specOf(RECIPES['seed-v2'].recipe, 14));
      expect(model.document.normaliser).toEqual(
        fromFounding({
          gainDb: [-12, 12],
          frequencyLog10: [1.3617278337478638, 4.301051616668701],
          frequencyOffsetHz: 1,
          qLog10: [-1, 1],
        }),
      );
      expect(model.document.words).toHaveLength(14);
      expect(model.document.words[13]).toEqual({
        word: 'warm',
        rows: 0,
        centroid: null,
        schools: [],
      });
      expect(model.document.run).toBeNull();
      expect(model.map).toBeNull();
      expect(model.weights).toHaveLength(139_501);
      expect(model.weights[0]).toBe(0.08013319224119186);
      expect(model.weights.at(-1)).toBe(0.006824028678238392);
      expect(readModelFile(writeModelFile(model))).toEqual(model);
    },
  );

  it.skipIf(path === null)(
    'is refused when its metadata or tensors disagree (needs ../shared/reference/seed-v2.safetensors)',
    () => {
      const file = readSafetensors(bytes);
      const altered = (change: Partial<TensorFile>): Uint8Array =>
        writeSafetensors({ ...file, ...change });
      const described = (key: string, text: string): Uint8Array =>
        altered({ metadata: new Map([...file.metadata, [key, text]]) });
      const without = (name: string): Uint8Array =>
        altered({ tensors: new Map([...file.tensors].filter(([other]) => other !== name)) });
      const refused: [Uint8Array, RegExp][] = [
        [described('latent_dim', '31'), /"latent_dim" is not the 32 rows/],
        [described('terms', '[1]'), /metadata "terms" .*at 0/],
        [described('terms', '[""]'), /at words.0.word/],
        [described('normaliser', '{"gain_db":[1,0]}'), /"normaliser" .*at gain_db/],
        [without('encoder.to_latent.2.weight'), /at latent/],
        [without(FIRST), /at hidden/],
        [without('encoder.semantic_proj.weight'), /"encoder.semantic_proj.bias" has no place/],
        [without('decoder.output_head.2.bias'), /"decoder.output_head.2.bias" is missing/],
      ];
      for (const [damaged, sentence] of refused) {
        expect(() => readModelFile(damaged)).toThrow(InputError);
        expect(() => readModelFile(damaged)).toThrow(sentence);
      }
    },
  );
});
