/** An ONNX graph of float32 tensors, put together node by node. */
import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  ModelProtoSchema,
  type AttributeProtoSchema,
  type NodeProtoSchema,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from './onnx_pb';

/** Version of the operators: the first that has LayerNormalization. */
const OPSET = 17;
/** Version of the file format, the one that came with the operators. */
const IR_VERSION = 8;

/** Data types by their numbers in the format. */
const FLOAT = 1;
const INT64 = 7;
const BOOL = 9;

/** The first dimension of what goes in and comes out. */
const ROWS = 'rows';

/** What a node gives; its name stands for it. */
export type Value = string;

/** A tensor at the edge of the graph, [rows, width]. */
export interface Edge {
  readonly name: string;
  readonly width: number;
  /** What its numbers are, for people. */
  readonly about: string;
}

export class Graph {
  readonly #nodes: MessageInitShape<typeof NodeProtoSchema>[] = [];
  readonly #tensors: MessageInitShape<typeof TensorProtoSchema>[] = [];
  readonly #inputs: Edge[] = [];
  readonly #outputs: Edge[] = [];

  input(edge: Edge): Value {
    this.#inputs.push(edge);
    return edge.name;
  }

  output(edge: Edge, value: Value): void {
    this.#outputs.push(edge);
    this.#nodes.push({ opType: 'Identity', name: edge.name, input: [value], output: [edge.name] });
  }

  /**
   * @param name of the operator
   * @returns what it gives of the inputs
   */
  node(
    name: string,
    inputs: readonly Value[],
    attributes: readonly MessageInitShape<typeof AttributeProtoSchema>[] = [],
  ): Value {
    const output = `${name}_${String(this.#nodes.length)}`;
    this.#nodes.push({
      opType: name,
      name: output,
      input: [...inputs],
      output: [output],
      attribute: [...attributes],
    });
    return output;
  }

  floats(name: string, shape: readonly number[], numbers: ArrayLike<number>): Value {
    const bytes = new DataView(new ArrayBuffer(4 * numbers.length));
    for (let i = 0; i < numbers.length; i++) bytes.setFloat32(4 * i, numbers[i] ?? 0, true);
    return this.#tensor(name, shape, FLOAT, bytes);
  }

  wholes(name: string, numbers: readonly number[]): Value {
    const bytes = new DataView(new ArrayBuffer(8 * numbers.length));
    numbers.forEach((number, i) => {
      bytes.setBigInt64(8 * i, BigInt(number), true);
    });
    return this.#tensor(name, [numbers.length], INT64, bytes);
  }

  flags(name: string, shape: readonly number[], flags: readonly boolean[]): Value {
    const bytes = new DataView(Uint8Array.from(flags, Number).buffer);
    return this.#tensor(name, shape, BOOL, bytes);
  }

  #tensor(name: string, shape: readonly number[], dataType: number, bytes: DataView): Value {
    // A constant that is asked for twice is the same both times.
    if (this.#tensors.some((tensor) => tensor.name === name)) return name;
    const rawData = new Uint8Array(bytes.buffer);
    this.#tensors.push({ name, dims: shape.map(BigInt), dataType, rawData });
    return name;
  }

  /** The bytes of the model with this graph. */
  file(
    name: string,
    about: string,
    metadata: ReadonlyMap<string, string>,
  ): Uint8Array<ArrayBuffer> {
    return toBinary(
      ModelProtoSchema,
      create(ModelProtoSchema, {
        irVersion: BigInt(IR_VERSION),
        opsetImport: [{ domain: '', version: BigInt(OPSET) }],
        producerName: 'Warmbright',
        docString: about,
        graph: {
          name,
          node: this.#nodes,
          initializer: this.#tensors,
          input: this.#inputs.map(valueInfo),
          output: this.#outputs.map(valueInfo),
        },
        metadataProps: [...metadata].map(([key, value]) => ({ key, value })),
      }),
    );
  }
}

function valueInfo({ name, width, about }: Edge): MessageInitShape<typeof ValueInfoProtoSchema> {
  const dim = [
    { value: { case: 'dimParam' as const, value: ROWS } },
    { value: { case: 'dimValue' as const, value: BigInt(width) } },
  ];
  return {
    name,
    docString: about,
    type: { value: { case: 'tensorType', value: { elemType: FLOAT, shape: { dim } } } },
  };
}

export function floatAttribute(
  name: string,
  f: number,
): MessageInitShape<typeof AttributeProtoSchema> {
  return { name, type: AttributeType.FLOAT, f };
}

export function wholeAttribute(
  name: string,
  i: number,
): MessageInitShape<typeof AttributeProtoSchema> {
  return { name, type: AttributeType.INT, i: BigInt(i) };
}

export function wholesAttribute(
  name: string,
  ints: readonly number[],
): MessageInitShape<typeof AttributeProtoSchema> {
  return { name, type: AttributeType.INTS, ints: ints.map(BigInt) };
}
