/** Numbers on their way between a test and a page, which speak JSON. */
import type { Examples, TrainingState } from '../../../src/engines/engine';
import { allVotes, knownVotes } from '../../../src/engines/votes';

/** The bytes of an array, in base64. */
export type Packed = string;

export interface PackedState {
  readonly weights: Packed;
  readonly firstMoment: Packed;
  readonly secondMoment: Packed;
  readonly step: number;
}

export interface PackedExamples {
  readonly rows: number;
  readonly inputs: Packed;
  readonly targets: Packed | null;
  readonly mask: Packed | null;
  readonly votes: { readonly words: number; readonly shares: Packed } | null;
  readonly labels: Packed;
}

export function pack({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Packed {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export function unpack(packed: Packed): Float32Array {
  return new Float32Array(bytesOf(packed));
}

export function packState(state: TrainingState): PackedState {
  return {
    weights: pack(state.weights),
    firstMoment: pack(state.firstMoment),
    secondMoment: pack(state.secondMoment),
    step: state.step,
  };
}

export function unpackState(state: PackedState): TrainingState {
  return {
    weights: unpack(state.weights),
    firstMoment: unpack(state.firstMoment),
    secondMoment: unpack(state.secondMoment),
    step: state.step,
  };
}

export function packExamples(examples: Examples): PackedExamples {
  const { rows, inputs, targets, mask, votes, labels } = examples;
  return {
    rows,
    inputs: pack(inputs),
    targets: targets === undefined ? null : pack(targets),
    mask: mask === undefined ? null : pack(mask),
    votes: votes === undefined ? null : { words: votes.words, shares: pack(allVotes(examples)) },
    labels: pack(labels),
  };
}

export function unpackExamples(packed: PackedExamples): Examples {
  const { rows, inputs, targets, mask, votes, labels } = packed;
  return {
    rows,
    inputs: unpack(inputs),
    ...(targets === null ? {} : { targets: unpack(targets) }),
    ...(mask === null ? {} : { mask: unpack(mask) }),
    ...(votes === null ? {} : { votes: knownVotes(unpack(votes.shares), votes.words) }),
    labels: new Int32Array(bytesOf(labels)),
  };
}

function bytesOf(packed: Packed): ArrayBuffer {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes.buffer;
}
