/** A run of the bench that was written to a file. */
import { readFileSync } from 'node:fs';
import { checkedJson } from '../src/base/checked-json';
import { InputError } from '../src/base/input-error';
import { resultsSchema, type Results } from './results';

/** @throws InputError naming the file */
export function readResults(path: string): Results {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`${path}: The file cannot be read.`, { cause: error });
  }
  return checkedJson(resultsSchema, text, path);
}
