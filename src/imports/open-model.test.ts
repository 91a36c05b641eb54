import { create, fromBinary, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { exportModel, type ExportFormatName } from '../exports/model-exports';
import { ModelProtoSchema, type ModelProto } from '../exports/onnx/onnx_pb';
import { decodeRows } from '../model/inference';
import { initialWeights } from '../model/initialise';
import type { Model } from '../model/model';
import { writeModelFile } from '../model/model-file';
import { parameterTable } from '../model/parameter-table';
import { wordSettings } from '../model/word-settings';
import type { ModelSpec } from '../recipe/model-spec';
import { sampleModel } from '../testing/sample-model';
import { openModel } from './open-model';

/** The sample model with another spec, which its recipe does not make. */
function modelOf(changes: Partial<ModelSpec>): Model {
  const { document } = sampleModel();
  const spec = { ...document.spec, ...changes };
  return {
    document: { ...document, spec, run: null },
    weights: initialWeights(spec, 7),
    map: null,
  };
}

const SPECS: readonly Partial<ModelSpec>[] = [
  { projection: null },
  { projection: null, body: 'plain', activation: 'silu', normalisation: 'none' },
  { projection: null, latentActivation: 'unit', latentSkip: true },
  { projection: null, input: 'response', latentActivation: 'none' },
];

/** Specs with heads that a LayersModel leaves out. */
const WITH_HEADS: readonly Partial<ModelSpec>[] = [
  {},
  { wordHead: 2, latentSkip: true },
  { variational: true },
  { variational: true, latentActivation: 'unit', body: 'plain' },
];

/** The files of an export, some of them replaced or, by null, left out. */
async function zipWith(
  format: ExportFormatName,
  changes: Readonly<Record<string, Uint8Array | null>>,
  model = sampleModel(),
): Promise<Uint8Array> {
  const files: Zippable = unzipSync(await exportModel(model, format));
  for (const [name, content] of Object.entries(changes)) {
    if (content === null) Reflect.deleteProperty(files, name);
    else files[name] = content;
  }
  return zipSync(files);
}

async function fileOf(format: ExportFormatName, name: string): Promise<Uint8Array> {
  const file = unzipSync(await exportModel(sampleModel(), format))[name];
  if (file === undefined) throw new Error(`There is no ${name}.`);
  return file;
}

async function changedOnnx(
  name: string,
  change: (proto: ModelProto) => MessageInitShape<typeof ModelProtoSchema>,
): Promise<Uint8Array> {
  const proto = fromBinary(ModelProtoSchema, await fileOf('onnx', name));
  const changed = toBinary(ModelProtoSchema, create(ModelProtoSchema, change(proto)));
  return zipWith('onnx', { [name]: changed });
}

describe('openModel', () => {
  it('opens model files, and the model file of a study', async () => {
    expect(await openModel(writeModelFile(sampleModel()))).toEqual(sampleModel());
    expect(await openModel(await exportModel(sampleModel(), 'study'))).toEqual(sampleModel());
  });

  it.each([...SPECS, ...WITH_HEADS, { output: 'heads' as const }])(
    'opens an ONNX export as what was exported, but for the map: %j',
    async (changes) => {
      const model = modelOf(changes);
      expect(await openModel(await exportModel(model, 'onnx'))).toEqual(model);
    },
  );

  it.each(SPECS)('opens a TensorFlow.js export as what was exported: %j', async (changes) => {
    const model = modelOf(changes);
    expect(await openModel(await exportModel(model, 'tfjs'))).toEqual(model);
  });

  it.each(WITH_HEADS)(
    'opens a TensorFlow.js export without the heads that it leaves out: %j',
    async (changes) => {
      const model = modelOf(changes);
      const { spec } = model.document;
      const opened = await openModel(await exportModel(model, 'tfjs'));
      expect(opened.document.spec).toMatchObject({
        projection: null,
        wordHead: 0,
        variational: false,
      });
      const { entries } = parameterTable(spec);
      for (const { name, offset, size } of parameterTable(opened.document.spec).entries) {
        const before = entries.find((entry) => entry.name === name)?.offset ?? Number.NaN;
        expect(opened.weights.slice(offset, offset + size)).toEqual(
          model.weights.slice(before, before + size),
        );
      }
      expect(wordSettings(opened)).toEqual(wordSettings(model));
      const latents = Float32Array.of(0.5, -0.25, 0.125);
      expect(decodeRows(opened.document.spec, opened.weights, latents)).toEqual(
        decodeRows(spec, model.weights, latents),
      );
    },
  );

  it('keeps words, recipe and figures of a run', async () => {
    const { document, weights } = sampleModel();
    const onnx = await openModel(await exportModel(sampleModel(), 'onnx'));
    expect(onnx).toEqual({ document, weights, map: null });
    const layers = await openModel(await exportModel(sampleModel(), 'tfjs'));
    expect(layers.document.words).toEqual(document.words);
    // The recipe makes a projection, which the files have not.
    expect(layers.document.run).toBeNull();
  });

  it('opens what was packed anew as a folder', async () => {
    const files = unzipSync(await exportModel(sampleModel(), 'onnx'));
    const packed = Object.entries(files).map(([name, content]) => [`mine/${name}`, content]);
    const opened = await openModel(zipSync(Object.fromEntries(packed) as Zippable));
    expect(opened.weights).toEqual(sampleModel().weights);
  });
});

interface Layer {
  name: string;
  class_name: string;
  config: Record<string, unknown>;
  inbound_nodes: unknown;
}

/** The configuration of the first layer of that class. */
function configOf(layers: readonly Layer[], className: string): Layer['config'] {
  const layer = layers.find(({ class_name }) => class_name === className);
  return (layer ?? expect.fail(`There is no layer of the class ${className}.`)).config;
}

describe('openModel refuses, in one sentence,', () => {
  const sentence = async (bytes: Uint8Array): Promise<string> => {
    const error: unknown = await openModel(bytes).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof Error)) throw new Error('It was opened.');
    return error.message;
  };

  it('zips without a model', async () => {
    expect(await sentence(zipSync({ 'notes.txt': strToU8('hello') }))).toBe(
      'This zip holds no model that can be opened. What opens is a model file (safetensors), and of zips those that this program saves: the whole study, and the exports for ONNX Runtime and TensorFlow.js.',
    );
    expect(await sentence(zipSync({}))).toMatch(/^This zip holds no model/);
  });

  it('damaged zips', async () => {
    const bytes = await exportModel(sampleModel(), 'onnx');
    expect(await sentence(bytes.slice(0, 900))).toBe(
      'The zip is damaged, or was cut short: save it again.',
    );
  });

  it('single ONNX files and halves of an export', async () => {
    expect(await sentence(await fileOf('onnx', 'encoder.onnx'))).toBe(
      'This seems to be a single ONNX file, which is half a model: open the zip that both were saved in.',
    );
    expect(await sentence(await zipWith('onnx', { 'decoder.onnx': null }))).toBe(
      'The zip holds no decoder.onnx.',
    );
    expect(await sentence(await zipWith('tfjs', { 'weights.bin': null }))).toBe(
      'The zip holds no weights.bin.',
    );
  });

  it('two files of one name', async () => {
    const file = writeModelFile(sampleModel());
    expect(
      await sentence(zipSync({ 'a/model.safetensors': file, 'b/model.safetensors': file })),
    ).toBe('The zip holds more than one model.safetensors: open one of them alone.');
  });

  it('a damaged model file in a study', async () => {
    const damaged = await zipWith('study', { 'model.safetensors': new Uint8Array(3) });
    expect(await sentence(damaged)).toMatch(/^In the zip’s model\.safetensors: .* 3 bytes long/);
  });

  it('ONNX files of others, and halves of two models', async () => {
    expect(
      await sentence(await changedOnnx('encoder.onnx', (p) => ({ ...p, metadataProps: [] }))),
    ).toBe(
      'encoder.onnx is of another program: of ONNX files only those open that this program saves, whose metadata say so.',
    );
    const other = unzipSync(await exportModel(modelOf({ latent: 2 }), 'onnx'))['decoder.onnx'];
    expect(await sentence(await zipWith('onnx', { 'decoder.onnx': other ?? null }))).toBe(
      'encoder.onnx and decoder.onnx describe two different models: take both from one export.',
    );
    expect(
      await sentence(await zipWith('onnx', { 'encoder.onnx': Uint8Array.of(8, 8, 255) })),
    ).toBe('encoder.onnx is damaged: it is no ONNX file, or was cut short.');
  });

  it('ONNX tensors that do not fit, by name and shape', async () => {
    const name = 'encoder.to_latent.2.bias';
    const missing = await changedOnnx('encoder.onnx', (proto) => {
      const initializer = proto.graph?.initializer.filter((tensor) => tensor.name !== name) ?? [];
      return { ...proto, graph: { ...proto.graph, initializer } as ModelProto['graph'] };
    });
    expect(await sentence(missing)).toBe(`Tensor "${name}" is missing.`);
    const short = await changedOnnx('encoder.onnx', (proto) => {
      for (const tensor of proto.graph?.initializer ?? []) {
        if (tensor.name === name) tensor.dims = [1n, 3n];
      }
      return proto;
    });
    expect(await sentence(short)).toBe(`Tensor "${name}" has shape [1, 3] instead of [3].`);
    const cut = await changedOnnx('encoder.onnx', (proto) => {
      for (const tensor of proto.graph?.initializer ?? []) {
        if (tensor.name === name) tensor.rawData = new Uint8Array(8);
      }
      return proto;
    });
    expect(await sentence(cut)).toBe(
      `Tensor "${name}" takes up 8 bytes, which does not fit its shape [3] of float32 values.`,
    );
  });

  it.each(['Tanh', 'eq.max', 'opset'])('graphs that compute something else: %s', async (part) => {
    const file = part === 'Tanh' ? 'encoder.onnx' : 'decoder.onnx';
    const changed = await changedOnnx(file, (proto) => {
      for (const node of proto.graph?.node ?? []) if (node.opType === part) node.opType = 'Relu';
      for (const { name, rawData } of proto.graph?.initializer ?? []) {
        if (name === part) rawData[2] = 7;
      }
      for (const set of proto.opsetImport) if (part === 'opset') set.version = 12n;
      return proto;
    });
    expect(await sentence(changed)).toBe(
      `The graph in ${file} is not the one that this program writes for the model, so it was changed and is not opened.`,
    );
  });

  it.each<[what: string, change: (layers: Layer[], weights: Float32Array) => unknown]>([
    ['an activation', (layers) => (configOf(layers, 'Activation').activation = 'swish')],
    ['a constant of a layer', (layers) => (configOf(layers, 'LayerNormalization').epsilon = 0.1)],
    [
      'where layers get their input',
      (layers) => {
        const [first, second] = layers.filter(({ class_name }) => class_name === 'Add');
        if (first !== undefined) first.inbound_nodes = second?.inbound_nodes;
      },
    ],
    [
      'one layer more',
      (layers) => layers.push(...layers.slice(-1).map((layer) => ({ ...layer, name: 'another' }))),
    ],
    [
      'weights that follow from the graph',
      (_, weights) => (weights[weights.findLastIndex((x) => x === -1)] = -0.5),
    ],
  ])('TensorFlow.js models that compute something else: %s', async (_, change) => {
    const unit = modelOf({ projection: null, latentActivation: 'unit' });
    const files = unzipSync(await exportModel(unit, 'tfjs'));
    const json = JSON.parse(strFromU8(files['model.json'] ?? new Uint8Array())) as {
      modelTopology: { config: { layers: Layer[] } };
    };
    const weights = new Float32Array((files['weights.bin'] ?? new Uint8Array()).slice().buffer);
    change(json.modelTopology.config.layers, weights);
    const changed = zipSync({
      'model.json': strToU8(JSON.stringify(json)),
      'weights.bin': new Uint8Array(weights.buffer),
    });
    expect(await sentence(changed)).toBe(
      'The graph in model.json is not the one that this program writes for the model, so it was changed and is not opened.',
    );
  });

  it('TensorFlow.js models of others, and tensors that do not fit', async () => {
    const json = JSON.parse(new TextDecoder().decode(await fileOf('tfjs', 'model.json'))) as {
      userDefinedMetadata: Record<string, unknown>;
      weightsManifest: { weights: { name: string; shape: number[] }[] }[];
    };
    const withJson = (change: (copy: typeof json) => unknown): Promise<string> => {
      const copy = structuredClone(json);
      const changed = change(copy) ?? copy;
      return zipWith('tfjs', { 'model.json': strToU8(JSON.stringify(changed)) }).then(sentence);
    };
    expect(await withJson(({ weightsManifest }) => ({ weightsManifest }))).toBe(
      'model.json does not describe the model: of TensorFlow.js models only those open that this program saves, from this version on.',
    );
    expect(await withJson(() => ({ format: 'graph-model' }))).toMatch(
      /^model\.json cannot be used/,
    );
    const [first] = json.weightsManifest[0]?.weights ?? [];
    expect(first).toMatchObject({ shape: [13, 5] });
    expect(
      await withJson((copy) => {
        for (const { weights } of copy.weightsManifest) {
          for (const weight of weights) if (weight.name === first?.name) weight.shape = [5, 13];
        }
      }),
    ).toBe(
      'Tensor "encoder.encoder_layers.0.main_path.0.weight" has shape [13, 5] instead of [5, 13].',
    );
    expect(await sentence(await zipWith('tfjs', { 'weights.bin': new Uint8Array(12) }))).toBe(
      'weights.bin holds too few bytes for the tensor "encoder.encoder_layers.0.main_path.0/kernel" of shape [13, 5].',
    );
    const weights = await fileOf('tfjs', 'weights.bin');
    const longer = new Uint8Array(weights.length + 4);
    longer.set(weights);
    expect(await sentence(await zipWith('tfjs', { 'weights.bin': longer }))).toBe(
      `weights.bin is ${String(longer.length)} bytes long, but model.json names tensors of ${String(weights.length)} bytes.`,
    );
  });

  it('zips of many files, or that would unpack to much, before memory is taken', async () => {
    const many = Array.from({ length: 65 }, (_, i) => [String(i), new Uint8Array()]);
    expect(await sentence(zipSync(Object.fromEntries(many) as Zippable))).toBe(
      'The zip holds more than 64 files, so it is no export of a model.',
    );
    // The directory's sizes, of a file of nothing but its head.
    const bomb = zipSync({ 'model.safetensors': new Uint8Array(2 ** 20) });
    const directory = Buffer.from(bomb).lastIndexOf(Buffer.from('PK\u0001\u0002'));
    const promising = (size: number): Uint8Array => {
      const copy = bomb.slice();
      new DataView(copy.buffer).setUint32(directory + 24, size, true);
      return copy;
    };
    expect(await sentence(promising(2 ** 29))).toBe(
      'The zip would unpack to more than 256 MB, so it is not opened.',
    );
    expect(await sentence(promising(2 ** 24))).toBe(
      'The zip is damaged: its file "model.safetensors" cannot unpack to 16777216 bytes.',
    );
  });

  it('ONNX files of endlessly many empty parts', async () => {
    // 200,000 metadata entries of two bytes each.
    const entries = new Uint8Array(400_000).map((_, i) => (i % 2 === 0 ? 0x72 : 0));
    expect(await sentence(await zipWith('onnx', { 'encoder.onnx': entries }))).toBe(
      'encoder.onnx: The graph is larger than that of any model of this program.',
    );
  });
});
