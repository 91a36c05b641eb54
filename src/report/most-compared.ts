/** Runs that are compared at once: more would be a wall of columns, and lines that nobody tells apart. */
export const MOST_COMPARED = 8;
