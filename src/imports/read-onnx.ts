/** A model out of the two ONNX files that src/exports/onnx makes of one. */
import { create, fromBinary, toBinary, type DescMessage } from '@bufbuild/protobuf';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { InputError } from '../base/input-error';
import { DOCUMENT_KEY, onnxFiles } from '../exports/onnx/onnx-files';
import {
  GraphProtoSchema,
  ModelProtoSchema,
  type ModelProto,
  type TensorProto,
} from '../exports/onnx/onnx_pb';
import { DECODER_FILE, ENCODER_FILE } from '../model/file-names';
import type { Model } from '../model/model';
import { modelFromTensors } from '../model/model-file';
import { quoted, type Tensor } from '../model/safetensors';
import { changedGraph } from './changed-graph';

/** A field takes a hundred times its bytes in memory; the graphs of the largest model have a tenth. */
const MOST_FIELDS = 100_000;

const FLOAT = 1;

/** Initialisers of other names are constants of the graph, which follow from the document. */
const WEIGHT = /^(encoder|decoder)\./;

/**
 * The weights are the initialisers under their names in the parameter table, and all else follows
 * from the document: graphs that compute anything else are refused. There is no map.
 *
 * @throws InputError naming the file, or the tensor and its shape, at fault
 */
export function readOnnxFiles(encoder: Uint8Array, decoder: Uint8Array): Model {
  const halves = [readOnnx(ENCODER_FILE, encoder), readOnnx(DECODER_FILE, decoder)] as const;
  const [text, other] = halves.map(documentOf);
  if (text === undefined || text !== other) {
    throw new InputError(
      `${ENCODER_FILE} and ${DECODER_FILE} describe two different models: take both from one export.`,
    );
  }
  const tensors = new Map<string, Tensor>();
  for (const tensor of halves.flatMap(({ proto }) => proto.graph?.initializer ?? [])) {
    if (!WEIGHT.test(tensor.name)) continue;
    if (tensors.has(tensor.name))
      throw new InputError(`Tensor ${quoted(tensor.name)} is there twice.`);
    tensors.set(tensor.name, floatsOf(tensor));
  }
  const model = modelFromTensors({ tensors, metadata: new Map([[DOCUMENT_KEY, text]]) });
  const expected = onnxFiles(model);
  checkSameGraph(halves[0], expected.encoder);
  checkSameGraph(halves[1], expected.decoder);
  return model;
}

interface OnnxFile {
  readonly name: string;
  readonly proto: ModelProto;
}

function readOnnx(name: string, bytes: Uint8Array): OnnxFile {
  try {
    countFields(bytes, ModelProtoSchema, 0);
    return { name, proto: fromBinary(ModelProtoSchema, bytes) };
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${name}: ${error.message}`);
    throw new InputError(`${name} is damaged: it is no ONNX file, or was cut short.`, {
      cause: error,
    });
  }
}

/**
 * Walks over a message without making anything of it.
 *
 * @param before fields that have been counted
 * @returns the fields of the message and of those in it, and `before`
 * @throws InputError where there are too many
 */
function countFields(bytes: Uint8Array, { fields }: DescMessage, before: number): number {
  const reader = new BinaryReader(bytes);
  let count = before;
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    count++;
    if (wireType === WireType.LengthDelimited) {
      const content = reader.bytes();
      const field = fields.find((one) => one.number === number);
      if (field?.message !== undefined) count = countFields(content, field.message, count);
      // Numbers may be packed, at a byte each.
      else if (field?.fieldKind === 'list' && field.scalar !== undefined) count += content.length;
    } else {
      reader.skip(wireType, number);
    }
    if (count > MOST_FIELDS) {
      throw new InputError('The graph is larger than that of any model of this program.');
    }
  }
  return count;
}

function documentOf({ name, proto }: OnnxFile): string {
  const entry = proto.metadataProps.find(({ key }) => key === DOCUMENT_KEY);
  if (entry !== undefined) return entry.value;
  throw new InputError(
    `${name} is of another program: of ONNX files only those open that this program saves, whose metadata say so.`,
  );
}

function floatsOf({ name, dims, dataType, rawData }: TensorProto): Tensor {
  if (dataType !== FLOAT) {
    throw new InputError(
      `Tensor ${quoted(name)} holds values of ONNX’s data type ${String(dataType)} instead of float32.`,
    );
  }
  const shape = dims.map(Number);
  const size = shape.reduce((product, n) => product * n, 1);
  if (4 * size !== rawData.length) {
    throw new InputError(
      `Tensor ${quoted(name)} takes up ${String(rawData.length)} bytes, which does not fit its shape [${shape.slice(0, 8).join(', ')}] of float32 values.`,
    );
  }
  return { dtype: 'F32', shape, data: new Float32Array(rawData.slice().buffer) };
}

/** @throws InputError where nodes, constants or versions are not those of the model's own export */
function checkSameGraph({ name, proto }: OnnxFile, expected: Uint8Array): void {
  const [given, own] = [proto, fromBinary(ModelProtoSchema, expected)].map(computedBy);
  if (given !== undefined && own !== undefined && equalBytes(given, own)) return;
  throw changedGraph(name);
}

/** What of a file says what is computed, as bytes: texts for people are left out. */
function computedBy({ graph, opsetImport }: ModelProto): Uint8Array {
  const { node = [], initializer = [] } = graph ?? {};
  const graphOnly = create(GraphProtoSchema, { node, initializer });
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, { opsetImport, graph: graphOnly }));
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
