/** The one way in for models in files of whatever kind: model files, and the zips of our exports. */
import { InputError } from '../base/input-error';
import { isZip } from '../base/zip-head';
import {
  DECODER_FILE,
  ENCODER_FILE,
  LIBRARY_LIST,
  MODEL_FILE,
  MODEL_JSON,
  WEIGHTS_FILE,
} from '../model/file-names';
import type { Model } from '../model/model';
import { readModelFile } from '../model/model-file';
import { readCheckpoint } from '../training/checkpoint';
import type { Progress } from '../training/progress';

/** How a single ONNX file begins: its format's version, a small number. */
const ONNX_HEAD = 0x08;

/** What a spreadsheet's zip holds. */
const SPREADSHEET = /^(?:xl\/workbook\.|content\.xml$)/;

const OPENS =
  'What opens is a model file (safetensors), and of zips those that this program saves: the whole study, and the exports for ONNX Runtime and TensorFlow.js.';

/**
 * The model in a model file, a checkpoint, a file of the reference model, or a zip that
 * {@link exportModel} made. Zips for ONNX and TensorFlow.js hold no map.
 *
 * @throws InputError naming the file of the zip, the tensor, or the place in the description at fault
 */
export async function openModel(bytes: Uint8Array): Promise<Model> {
  if (isZip(bytes)) return readZip(bytes);
  if (looksLikeOnnx(bytes)) {
    throw new InputError(
      'This seems to be a single ONNX file, which is half a model: open the zip that both were saved in.',
    );
  }
  return readModelFile(bytes);
}

/**
 * The model that {@link openModel} opens and, of a checkpoint, where its run stands.
 *
 * @throws InputError as {@link openModel} does
 */
export async function openCheckpoint(
  bytes: Uint8Array,
): Promise<{ readonly model: Model; readonly progress: Progress | null }> {
  if (looksLikeOnnx(bytes) || isZip(bytes))
    return { model: await openModel(bytes), progress: null };
  return readCheckpoint(bytes);
}

/** Not what could be a model file: the ninth byte of that opens a brace. */
function looksLikeOnnx(bytes: Uint8Array): boolean {
  return bytes[0] === ONNX_HEAD && bytes[8] !== 0x7b;
}

async function readZip(bytes: Uint8Array): Promise<Model> {
  const { zipEntry, zipNames } = await import('./unzip');
  const paths = zipNames(bytes);
  // Who packs a folder anew gets its name before each file's.
  const pathOf = (name: string): string | undefined => {
    const [path, another] = paths.filter((one) => one === name || one.endsWith(`/${name}`));
    if (another === undefined) return path;
    throw new InputError(`The zip holds more than one ${name}: open one of them alone.`);
  };
  const entry = (name: string): Uint8Array => zipEntry(bytes, pathOf(name) ?? name);

  if (pathOf(MODEL_FILE) !== undefined) {
    return namingFile(MODEL_FILE, () => readModelFile(entry(MODEL_FILE)));
  }
  if (pathOf(ENCODER_FILE) !== undefined || pathOf(DECODER_FILE) !== undefined) {
    const { readOnnxFiles } = await import('./read-onnx');
    return readOnnxFiles(entry(ENCODER_FILE), entry(DECODER_FILE));
  }
  if (pathOf(MODEL_JSON) !== undefined) {
    const { readLayersModel } = await import('./read-layers-model');
    return readLayersModel(entry(MODEL_JSON), entry(WEIGHTS_FILE));
  }
  if (pathOf(LIBRARY_LIST) !== undefined) {
    throw new InputError(
      'This zip is a library of runs, not a model: drop it on the page, which then keeps its runs.',
    );
  }
  if (paths.some((path) => SPREADSHEET.test(path))) {
    throw new InputError(
      'This is a spreadsheet of Excel or LibreOffice, not a model: save the sheet as CSV, and open that.',
    );
  }
  throw new InputError(`This zip holds no model that can be opened. ${OPENS}`);
}

/** Puts before what is wrong with a file of a zip which one it is. */
function namingFile<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`In the zip’s ${name}: ${error.message}`, { cause: error });
  }
}
