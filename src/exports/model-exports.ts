/** The zips that a model can be taken away as, on the page and by the command line. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { fileSlug } from '../base/file-slug';
import { InputError } from '../base/input-error';
import type { SafeData } from '../data/rows';
import {
  DECODER_FILE,
  ENCODER_FILE,
  MODEL_FILE,
  MODEL_JSON,
  WEIGHTS_FILE,
} from '../model/file-names';
import type { Model } from '../model/model';
import { writeModelFile } from '../model/model-file';

/** Formats by their names on the command line; `suffix` is how a file's name ends. */
export const EXPORT_FORMATS = {
  onnx: { suffix: '-onnx.zip', contents: onnxContents },
  tfjs: { suffix: '-layers-model.zip', contents: layersModelContents },
  study: { suffix: '-study.zip', contents: studyContents },
} as const satisfies Record<string, ExportFormat>;

export type ExportFormatName = keyof typeof EXPORT_FORMATS;

interface ExportFormat {
  readonly suffix: string;
  readonly contents: (model: Model, trained: TrainedOn | null) => Promise<Zippable>;
}

/** What a script needs that trains the model again. */
export interface TrainedOn {
  /** As they were read. */
  readonly data: SafeData;
  /** Text of src/exports/pytorch/train.py, which is read otherwise on the page than in Node. */
  readonly template: string;
}

/** As early as a zip can say: equal models give equal bytes, whenever. */
const NO_DATE = new Date(1980, 0, 1);

/**
 * @param trained the data that the model was trained on, for a study; null where they are not here
 * @throws InputError for a model that the format cannot hold
 */
export async function exportModel(
  model: Model,
  format: ExportFormatName,
  trained: TrainedOn | null = null,
): Promise<Uint8Array<ArrayBuffer>> {
  return zipSync(await EXPORT_FORMATS[format].contents(model, trained), { mtime: NO_DATE });
}

/** For example "warmbright-seed-v2-latent-8". */
export function exportName({ document }: Model): string {
  const name = (document.run?.name ?? 'model').normalize('NFKD').toLowerCase();
  return `warmbright-${fileSlug(name, /[^a-z0-9]+/g) || 'model'}`;
}

async function onnxContents(model: Model): Promise<Zippable> {
  const { onnxFiles } = await import('./onnx/onnx-files');
  const { encoder, decoder } = onnxFiles(model);
  return { [ENCODER_FILE]: encoder, [DECODER_FILE]: decoder };
}

async function layersModelContents(model: Model): Promise<Zippable> {
  const { layersModelFiles } = await import('../engines/tfjs/layers-model');
  const { modelJson, weights } = await layersModelFiles(model);
  return { [MODEL_JSON]: strToU8(modelJson), [WEIGHTS_FILE]: weights };
}

/** Everything that somebody needs to use the model, to cite it and to train it again. */
async function studyContents(model: Model, trained: TrainedOn | null): Promise<Zippable> {
  const { run } = model.document;
  if (run === null) {
    throw new InputError('This model is of another program and has no recipe to make a study of.');
  }
  const { studyCard } = await import('./study-card');
  const onnx = await onnxContents(model);
  const script = await scriptFor(model, trained);
  const files: readonly (readonly [name: string, about: string, content: Uint8Array])[] = [
    [MODEL_FILE, 'The model file: this page and PyTorch’s users open it.', writeModelFile(model)],
    ['recipe.json', 'How it was trained.', strToU8(`${JSON.stringify(run.recipe, null, 2)}\n`)],
  ];
  const listed = [
    ...files.map(([name, about]) => [name, about] as const),
    ...Object.keys(onnx).map((name) => [name, 'The same model for ONNX Runtime.'] as const),
    ...script.listed,
  ];
  return {
    'README.md': strToU8(studyCard(model, run, listed)),
    ...Object.fromEntries(files.map(([name, , content]) => [name, content])),
    ...onnx,
    ...Object.fromEntries(
      Object.entries(script.files).map(([name, text]) => [name, strToU8(text)]),
    ),
  };
}

/** The script that trains the model again in PyTorch; where there is none the card says why. */
async function scriptFor(
  { document }: Model,
  trained: TrainedOn | null,
): Promise<{
  readonly files: Readonly<Record<string, string>>;
  readonly listed: readonly (readonly [name: string, about: string])[];
}> {
  const without = (why: string) => ({
    files: {},
    listed: [['train.py', `Not in this zip: ${why}`] as const],
  });
  if (trained === null) {
    return without('the data that the model was trained on were not loaded when it was saved.');
  }
  try {
    const { trainScript } = await import('./pytorch/train-script');
    const files = await trainScript(document, trained.data, trained.template);
    return {
      files,
      listed: [
        ['train.py', 'Trains the recipe again in PyTorch; its first lines say how.'],
        ['rows.json', 'Which rows of the data file it trains on, by line and hash.'],
        ['requirements.txt', 'What train.py needs.'],
      ],
    };
  } catch (error) {
    if (error instanceof InputError) return without(error.message);
    throw error;
  }
}
