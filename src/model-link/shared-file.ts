/** The model file that is left with a share server. */
import type { SafeRow } from '../data/rows';
import type { Model } from '../model/model';
import { writeModelFile } from '../model/model-file';
import { linkDocument } from './link-document';

/**
 * The weights as they are, what a link says of the model, and its map without the points of rows:
 * nothing of single rows goes to a server.
 *
 * @param trainedOn see {@link linkDocument}
 */
export function sharedFile(
  model: Model,
  trainedOn: readonly Pick<SafeRow, 'setting'>[] | null,
): Uint8Array<ArrayBuffer> {
  const map = model.map && {
    ...model.map,
    points: new Float32Array(0),
    labels: new Int32Array(0),
    heldOut: new Uint8Array(0),
    schools: new Uint8Array(0),
  };
  return writeModelFile({ ...model, document: linkDocument(model, trainedOn), map });
}
