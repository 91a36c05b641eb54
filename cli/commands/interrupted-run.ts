/** The checkpoint of a run that `train` keeps in its folder until the run has ended. */
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../src/base/input-error';
import type { Recipe } from '../../src/recipe/recipe';
import { readCheckpoint, writeCheckpoint } from '../../src/training/checkpoint';
import type { TrainingCheckpoint } from '../../src/training/progress';
import { naming } from '../options/files';
import type { Output } from '../output';
import { writeError, writeWhole } from '../output-file';

export const CHECKPOINT_FILE = 'checkpoint.safetensors';
const EARLIER_FILE = 'checkpoint-before.safetensors';

/** A checkpoint, and what the run's recipe and words were. */
export interface InterruptedRun {
  readonly checkpoint: TrainingCheckpoint;
  readonly recipe: Recipe;
  readonly words: readonly string[];
}

/** @throws InputError where the folder holds no run to go on with, or its file is damaged */
export async function readInterruptedRun(folder: string): Promise<InterruptedRun> {
  const path = join(folder, CHECKPOINT_FILE);
  if (!existsSync(path)) {
    throw new InputError(
      `${folder}: There is no interrupted run to go on with (no ${CHECKPOINT_FILE}).`,
    );
  }
  return naming(path, () => {
    const { model, progress } = readCheckpoint(readFileSync(path));
    const { run, words } = model.document;
    if (run === null || progress === null) {
      throw new InputError('This is a model, not the checkpoint of a run.');
    }
    return {
      checkpoint: { model, progress },
      recipe: run.recipe,
      words: words.map(({ word }) => word),
    };
  });
}

/** @throws InputError where it cannot be written */
export function keepCheckpoint(
  folder: string,
  inputs: readonly string[],
  { model, progress }: TrainingCheckpoint,
): Promise<void> {
  return writeWhole(join(folder, CHECKPOINT_FILE), inputs, writeCheckpoint(model, progress));
}

/**
 * Gives an interrupted run's checkpoint another name, before another run begins in its folder.
 *
 * @throws InputError where it cannot be renamed
 */
export function setAsideCheckpoint(folder: string, output: Output): void {
  const path = join(folder, CHECKPOINT_FILE);
  if (!existsSync(path)) return;
  const aside = join(folder, EARLIER_FILE);
  try {
    renameSync(path, aside);
  } catch (error) {
    throw writeError(aside, error);
  }
  output.note(
    `${folder} held an interrupted run, which begins anew without --resume; its checkpoint is now ${aside}.`,
  );
}

/** The run has ended: nothing is left to go on with. */
export function removeCheckpoint(folder: string): void {
  rmSync(join(folder, CHECKPOINT_FILE), { force: true });
}
