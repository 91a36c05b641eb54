/** Bounds of what commands hold. */
import * as v from 'valibot';
import { LARGEST_LIBRARY } from '../../../src/base/library-bounds';

/** Larger files are refused unread: SAFE-DB is 0.3 MB, a model file of any spec far below this. */
const MAX_FILE_BYTES = 256 * 2 ** 20;

export const name = v.pipe(v.string(), v.maxLength(200));
export const fileName = v.pipe(v.string(), v.maxLength(1000));
export const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
export const file = v.pipe(
  v.instance(ArrayBuffer),
  v.check(({ byteLength }) => byteLength <= MAX_FILE_BYTES, 'the file is larger than 256 MB'),
);

/** All the runs that somebody keeps. */
export const libraryFile = v.pipe(
  v.instance(ArrayBuffer),
  v.check(
    ({ byteLength }) => byteLength <= LARGEST_LIBRARY,
    `the file is larger than ${String(LARGEST_LIBRARY / 2 ** 20)} MB`,
  ),
);

const word = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
export const words = v.pipe(
  v.array(word),
  v.maxLength(10_000),
  v.minLength(1, 'choose at least one word'),
);
