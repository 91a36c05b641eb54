/** What refuses files whose graphs compute something else than their model. */
import { InputError } from '../base/input-error';

/** @param file whose graph it is */
export function changedGraph(file: string): InputError {
  return new InputError(
    `The graph in ${file} is not the one that this program writes for the model, so it was changed and is not opened.`,
  );
}
