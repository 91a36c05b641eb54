/** The files a model can be downloaded as. */
import { strToU8, zipSync } from 'fflate';
import type { Model } from '../../src/model/model';
import { writeModelFile } from '../../src/model/model-file';
import type { TrainerEvent } from './messages';

type FileEvent = Extract<TrainerEvent, { type: 'file' }>;

const LONGEST_SLUG = 60;

/** The model file, without what only training needs. */
export function modelFile(model: Model): FileEvent {
  return {
    type: 'file',
    name: `${baseName(model)}.safetensors`,
    mediaType: 'application/octet-stream',
    bytes: writeModelFile(model).buffer,
  };
}

/** A zip of the TensorFlow.js LayersModel's files. An engine must have been made before. */
export async function layersModelFile(model: Model): Promise<FileEvent> {
  const { layersModelFiles, WEIGHTS_FILE } = await import('../../src/engines/tfjs/layers-model');
  const { modelJson, weights } = await layersModelFiles(model);
  const zip = zipSync({ 'model.json': strToU8(modelJson), [WEIGHTS_FILE]: weights });
  return {
    type: 'file',
    name: `${baseName(model)}-layers-model.zip`,
    mediaType: 'application/zip',
    bytes: zip.buffer,
  };
}

/** For example "warmbright-seed-v2-latent-8". */
function baseName({ document }: Model): string {
  const slug = (document.run?.name ?? 'model')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replaceAll(/^-+|-+$/g, '');
  return `warmbright-${slug === '' ? 'model' : slug}`;
}
