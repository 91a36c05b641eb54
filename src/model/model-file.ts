/**
 * The model file: safetensors with the weights under their PyTorch names, the map of the run's
 * rows, and in the metadata one JSON document. Downloads, links, IndexedDB and imports all use it.
 */
import * as v from 'valibot';
import { EQ_PARAMETERS } from '../eq/parameters';
import { InputError } from '../base/input-error';
import { specOf } from '../recipe/recipe';
import { checked, checkedJson } from '../base/checked-json';
import {
  FARTHEST_LATENT,
  LARGEST_WEIGHT,
  modelDocumentSchema,
  type Model,
  type ModelDocument,
  type ModelMap,
  type WordCluster,
} from './model';
import { parameterTable, type ParameterTable } from './parameter-table';
import { isReferenceFile, referenceDocument } from './reference-file';
import {
  quoted,
  readSafetensors,
  takeTensor,
  writeSafetensors,
  type Tensor,
  type TensorFile,
} from './safetensors';

const DOCUMENT_KEY = 'warmbright';
const FORMAT_VERSION = 1;
const DESCRIPTION = 'The description of the model';
const MAP_TENSORS = [
  'map.points',
  'map.labels',
  'map.held_out',
  'map.schools',
  'map.origin',
  'map.axes',
];
/** Of what a latent's numbers allow, in 64 dimensions, and of directions of length 1. */
const FARTHEST_POINT = 64 * FARTHEST_LATENT;
const LONGEST_AXIS = 1.001;
/** What a checkpoint adds to a model; see training/checkpoint.ts. */
const CHECKPOINT_PREFIX = /^(optimiser|progress)\./;

const versionSchema = v.looseObject({ version: v.pipe(v.number(), v.integer()) });

/**
 * The bytes of a model; equal models give equal bytes.
 *
 * @throws InputError when the model could not be read again, as when a weight is not finite
 */
export function writeModelFile(model: Model): Uint8Array<ArrayBuffer> {
  return writeSafetensors(modelToTensors(model));
}

/**
 * The model in a file of ours, a checkpoint included, or in one with the reference model's
 * tensors and metadata.
 *
 * @throws InputError naming the tensor, or the place in the description, at fault
 */
export function readModelFile(bytes: Uint8Array): Model {
  return modelFromTensors(readSafetensors(bytes));
}

/** The content of a model's file; throws as {@link writeModelFile} does. */
export function modelToTensors({ document, weights, map }: Model): TensorFile {
  // The schema's output has its members in the schema's order, whoever built the document.
  const description = checked(modelDocumentSchema, document, DESCRIPTION);
  const tensors = new Map<string, Tensor>();
  for (const { name, shape, offset, size } of parameterTable(description.spec).entries) {
    tensors.set(name, { dtype: 'F32', shape, data: weights.subarray(offset, offset + size) });
  }
  if (map !== null) {
    const rows = map.labels.length;
    const latent = description.spec.latent;
    tensors.set('map.points', { dtype: 'F32', shape: [rows, 2], data: map.points });
    tensors.set('map.labels', { dtype: 'I32', shape: [rows], data: map.labels });
    tensors.set('map.held_out', { dtype: 'U8', shape: [rows], data: map.heldOut });
    tensors.set('map.schools', { dtype: 'U8', shape: [rows], data: map.schools });
    tensors.set('map.origin', { dtype: 'F32', shape: [latent], data: map.origin });
    tensors.set('map.axes', { dtype: 'F32', shape: [2, latent], data: map.axes });
  }
  const metadata = new Map([[DOCUMENT_KEY, JSON.stringify(description)]]);
  const file = { tensors, metadata };
  modelFromTensors(file);
  return file;
}

/** The model in a file's content; throws as {@link readModelFile} does. */
export function modelFromTensors(file: TensorFile): Model {
  const document = isReferenceFile(file) ? referenceDocument(file) : ownDocument(file);
  return modelOf(document, file);
}

/** The model of a description and tensors; throws as {@link readModelFile} does. */
export function modelFromDocument(
  document: ModelDocument,
  tensors: ReadonlyMap<string, Tensor>,
): Model {
  return modelOf(document, { tensors, metadata: new Map() });
}

function modelOf(document: ModelDocument, file: TensorFile): Model {
  checkDocument(document);
  const table = parameterTable(document.spec);
  const weights = readWeights(file, table);
  const map = readMap(file, document);
  refuseUnknownTensors(file, table);
  return { document, weights, map };
}

function ownDocument({ metadata }: TensorFile): ModelDocument {
  const text = metadata.get(DOCUMENT_KEY);
  if (text === undefined) {
    throw new InputError('This safetensors file holds no Warmbright model: it does not say so.');
  }
  return readDocument(text);
}

/**
 * What a file's metadata say of the model, in JSON.
 *
 * @throws InputError naming the place at fault
 */
export function readDocument(text: string): ModelDocument {
  const { version } = checkedJson(versionSchema, text, DESCRIPTION);
  if (version > FORMAT_VERSION) {
    throw new InputError(
      `This model was saved by a later version of Warmbright (format ${String(version)}; this page reads ${String(FORMAT_VERSION)}).`,
    );
  }
  return checkedJson(modelDocumentSchema, text, DESCRIPTION);
}

/** What must agree between the parts of a document. */
function checkDocument({ spec, words, run }: ModelDocument): void {
  const seen = new Set<string>();
  for (const { word, centroid, schools, proposals = [], density = [] } of words) {
    if (seen.has(word)) throw new InputError(`${DESCRIPTION} has the word ${quoted(word)} twice.`);
    seen.add(word);
    if (centroid !== null && centroid.length !== spec.latent) {
      throw new InputError(
        `${DESCRIPTION} gives the word ${quoted(word)} a centroid of ${String(centroid.length)} numbers, but the latent has ${String(spec.latent)}.`,
      );
    }
    checkOffered('cluster', word, schools);
    for (const { name, latent } of schools) {
      const one = `the cluster ${quoted(name)} of the word ${quoted(word)}`;
      checkWidth(one, 'a latent', latent, spec.latent);
    }
    for (const set of proposals) checkOffered('proposal', word, set);
    for (const { mean, deviation } of density) {
      const part = `a part of the density of the word ${quoted(word)}`;
      checkWidth(part, 'a mean', mean, spec.latent);
      checkWidth(part, 'a deviation', deviation, spec.latent);
    }
  }
  if (run !== null && JSON.stringify(specOf(run.recipe, words.length)) !== JSON.stringify(spec)) {
    throw new InputError(`${DESCRIPTION} names a recipe that makes a model of another shape.`);
  }
}

/** Clusters or proposals of a word: each under a name of its own, with a possible setting. */
function checkOffered(
  kind: string,
  word: string,
  offered: readonly Pick<WordCluster, 'name' | 'setting'>[],
): void {
  const seen = new Set<string>();
  for (const { name, setting } of offered) {
    const one = `the ${kind} ${quoted(name)} of the word ${quoted(word)}`;
    if (seen.has(name)) throw new InputError(`${DESCRIPTION} has ${one} twice.`);
    seen.add(name);
    const outside = EQ_PARAMETERS.findIndex(({ min, max }, i) => {
      const value = setting[i] ?? Number.NaN;
      return !(value >= min && value <= max);
    });
    if (outside >= 0) {
      throw new InputError(
        `${DESCRIPTION} gives ${one} a setting whose number ${String(outside + 1)} is outside the plug-in’s bounds.`,
      );
    }
  }
}

function checkWidth(one: string, what: string, numbers: readonly number[], latent: number): void {
  if (numbers.length === latent) return;
  throw new InputError(
    `${DESCRIPTION} gives ${one} ${what} of ${String(numbers.length)} numbers instead of ${String(latent)}.`,
  );
}

function refuseUnknownTensors({ tensors }: TensorFile, { entries }: ParameterTable): void {
  const known = new Set([...entries.map(({ name }) => name), ...MAP_TENSORS]);
  for (const name of tensors.keys()) {
    if (!known.has(name) && !CHECKPOINT_PREFIX.test(name)) {
      throw new InputError(`Tensor ${quoted(name)} has no place in this model.`);
    }
  }
}

/** @returns shape [total] */
function readWeights(file: TensorFile, { entries, total }: ParameterTable): Float32Array {
  // Taken before the vector is made: a file cannot ask for more memory than it fills.
  const parts = entries.map(({ name, shape, offset }) => ({
    offset,
    data: takeTensor(file, name, 'F32', shape, LARGEST_WEIGHT),
  }));
  const weights = new Float32Array(total);
  for (const { offset, data } of parts) weights.set(data, offset);
  return weights;
}

function readMap(file: TensorFile, { spec, words }: ModelDocument): ModelMap | null {
  if (!MAP_TENSORS.some((name) => file.tensors.has(name))) return null;
  const rows = file.tensors.get('map.labels')?.shape[0] ?? 0;
  const map = {
    points: takeTensor(file, 'map.points', 'F32', [rows, 2], FARTHEST_POINT),
    labels: takeTensor(file, 'map.labels', 'I32', [rows]),
    heldOut: takeTensor(file, 'map.held_out', 'U8', [rows]),
    // Earlier versions knew no schools.
    schools: file.tensors.has('map.schools')
      ? takeTensor(file, 'map.schools', 'U8', [rows])
      : new Uint8Array(rows),
    origin: takeTensor(file, 'map.origin', 'F32', [spec.latent], FARTHEST_LATENT),
    axes: takeTensor(file, 'map.axes', 'F32', [2, spec.latent], LONGEST_AXIS),
  };
  const label = map.labels.find((value) => value < 0 || value >= words.length);
  if (label !== undefined) {
    throw new InputError(
      `Tensor "map.labels" holds ${String(label)}, but the words are numbered 0 to ${String(words.length - 1)}.`,
    );
  }
  const flag = map.heldOut.find((value) => value > 1);
  if (flag !== undefined) {
    throw new InputError(`Tensor "map.held_out" holds ${String(flag)} instead of 0 or 1.`);
  }
  const stray = map.schools.findIndex(
    (cluster, row) => cluster > 0 && cluster >= (words[map.labels[row] ?? 0]?.schools.length ?? 0),
  );
  if (stray >= 0) {
    throw new InputError(
      `Tensor "map.schools" holds ${String(map.schools[stray])} for a row whose word has fewer clusters.`,
    );
  }
  return map;
}
