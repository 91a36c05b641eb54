/**
 * Files of the reference model as PyTorch users publish it: the same tensors under the same names,
 * but instead of our document only `normaliser`, `terms` and `latent_dim` in the metadata.
 */
import * as v from 'valibot';
import { InputError } from '../base/input-error';
import { checked, checkedJson } from '../base/checked-json';
import { modelDocumentSchema, type ModelDocument } from './model';
import { foundingNormaliserSchema, fromFounding } from './normaliser-schema';
import type { TensorFile } from './safetensors';
import { modelSpecSchema, type ModelSpec } from '../recipe/model-spec';

const { gainDb, frequencyLog10, frequencyOffsetHz, qLog10 } = foundingNormaliserSchema.entries;
const referenceNormaliserSchema = v.strictObject({
  gain_db: gainDb,
  freq_log10: frequencyLog10,
  freq_offset_hz: frequencyOffsetHz,
  q_log10: qLog10,
});

/** Whether the file is described as the reference is, and not as ours. */
export function isReferenceFile({ metadata }: TensorFile): boolean {
  return !metadata.has('warmbright') && metadata.has('normaliser') && metadata.has('terms');
}

/**
 * What the metadata and the tensors' shapes say of the model. The activation leaves no trace in
 * the weights: it is the reference's ReLU. Rows and centroids are not stored in such files.
 *
 * @throws InputError naming the metadata or the tensor at fault
 */
export function referenceDocument(file: TensorFile): ModelDocument {
  const { metadata } = file;
  const read = <T>(key: string, schema: v.GenericSchema<unknown, T>): T =>
    checkedJson(schema, metadata.get(key) ?? '', `The metadata "${key}"`);

  const spec = specFromShapes(file);
  if (metadata.has('latent_dim') && read('latent_dim', v.number()) !== spec.latent) {
    throw new InputError(
      `The metadata "latent_dim" is not the ${String(spec.latent)} rows of tensor "encoder.to_latent.2.weight".`,
    );
  }
  const normaliser = read('normaliser', referenceNormaliserSchema);
  const document: ModelDocument = {
    version: 1,
    spec,
    normaliser: fromFounding({
      gainDb: normaliser.gain_db,
      frequencyLog10: normaliser.freq_log10,
      frequencyOffsetHz: normaliser.freq_offset_hz,
      qLog10: normaliser.q_log10,
    }),
    words: read('terms', v.array(v.string())).map((word) => ({
      word,
      rows: 0,
      centroid: null,
      schools: [],
    })),
    run: null,
  };
  return checked(modelDocumentSchema, document, "The file's metadata");
}

function specFromShapes({ tensors }: TensorFile): ModelSpec {
  const rows = (name: string): number | null => tensors.get(name)?.shape[0] ?? null;
  const hidden: number[] = [];
  for (;;) {
    const width = rows(`encoder.encoder_layers.${String(hidden.length)}.main_path.0.weight`);
    if (width === null) break;
    hidden.push(width);
  }
  const spec = {
    latent: rows('encoder.to_latent.2.weight'),
    hidden,
    activation: 'relu',
    normalisation: tensors.has('encoder.encoder_layers.0.main_path.1.weight') ? 'layer' : 'none',
    projection: rows('encoder.semantic_proj.weight'),
  };
  return checked(modelSpecSchema, spec, "The model's shape, as its tensors tell it,");
}
