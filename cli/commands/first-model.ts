/** The model that `train --from` begins with. */
import { openCheckpoint } from '../../src/imports/open-model';
import type { Model } from '../../src/model/model';
import type { Progress } from '../../src/training/progress';
import type { RunPlan } from '../../src/training/run-plan';
import { leakWarning, trainOn } from '../../src/training/train-on';
import { naming, readBytes } from '../options/files';

export interface FirstModel {
  readonly path: string;
  readonly model: Model;
  /** null where the file is no checkpoint. */
  readonly progress: Progress | null;
  readonly words: readonly string[];
}

/** @throws InputError naming the file and what in it is at fault */
export async function readFirst(path: string): Promise<FirstModel> {
  const { model, progress } = await naming(path, () => openCheckpoint(readBytes(path)));
  return { path, model, progress, words: model.document.words.map(({ word }) => word) };
}

/** @throws InputError naming the file and what differs from the run's own model */
export function begunWith({ path, model, progress }: FirstModel, plan: RunPlan): Promise<RunPlan> {
  return naming(path, () => trainOn(plan, model, progress));
}

/** Sentences for people. */
export function aboutStart({ path, model, progress }: FirstModel, plan: RunPlan): string[] {
  const optimiser =
    progress === null
      ? 'the optimiser begins anew, since the file has no moments of it'
      : `the optimiser goes on with its moments after ${String(progress.step)} steps`;
  const warning = leakWarning(plan, model);
  return [
    `Beginning with the weights of ${path}; ${optimiser}.`,
    ...(warning === null ? [] : [warning]),
  ];
}
