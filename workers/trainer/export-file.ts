/** The files a model can be downloaded as. */
import type { SafeData } from '../../src/data/rows';
import type { Model } from '../../src/model/model';
import { writeModelFile } from '../../src/model/model-file';
import {
  EXPORT_FORMATS,
  exportModel,
  exportName,
  type ExportFormatName,
} from '../../src/exports/model-exports';
import type { TrainerEvent } from './messages';

type FileEvent = Extract<TrainerEvent, { type: 'file' }>;

/** The model file, without what only training needs. */
export function modelFile(model: Model): FileEvent {
  return {
    type: 'file',
    name: `${exportName(model)}.safetensors`,
    mediaType: 'application/octet-stream',
    bytes: writeModelFile(model).buffer,
  };
}

/** A zip in one of the formats. For `tfjs` an engine must have been made before. */
export async function zipFile(
  model: Model,
  format: ExportFormatName,
  data: SafeData | null,
): Promise<FileEvent> {
  const trained =
    data === null || format !== 'study'
      ? null
      : { data, template: (await import('../../src/exports/pytorch/train.py?raw')).default };
  const bytes = await exportModel(model, format, trained);
  return {
    type: 'file',
    name: `${exportName(model)}${EXPORT_FORMATS[format].suffix}`,
    mediaType: 'application/zip',
    bytes: bytes.buffer,
  };
}
