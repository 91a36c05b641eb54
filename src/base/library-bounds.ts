/** Bounds of what is kept about runs, and of the file in which all of them travel together. */

/** In bytes, of the file and of what it unpacks to: it is held in memory whole. */
export const LARGEST_LIBRARY = 512 * 2 ** 20;
/** Runs of a file. */
export const MOST_RUNS = 1000;
/** How much a library's zip may hold: the list beside the runs, and at most a data set for each. */
export const LIBRARY_BOUNDS = {
  entries: 2 * MOST_RUNS + 1,
  bytes: LARGEST_LIBRARY,
  what: 'library of runs',
};
/** Of a run's note, in UTF-16 units. */
export const LONGEST_NOTE = 1000;
/** Of a run's thumbnail, in bytes: of 256 points, since more are not told apart in so small a picture. */
export const LONGEST_THUMBNAIL = 256 * 3;
