/** What stands out of the map. Pure. */
import type { ModelDocument, ModelMap } from '../../src/model/model';
import { clustersOf } from './map-text';

/** What a person has picked out of the map. */
export interface MapMarks {
  /** Words whose points are lit; where there are none, all are. */
  readonly lit: ReadonlySet<string>;
  /** Rows that a lasso went around, or that lie nearest to the ring; null: none are picked. */
  readonly picked: Uint32Array | null;
  /** Whether a drag draws a lasso, instead of moving the ring. */
  readonly lasso: boolean;
  /** Whether it is drawn where the words are dense. */
  readonly contours: boolean;
}

export const NO_MARKS: MapMarks = { lit: new Set(), picked: null, lasso: false, contours: false };

/** How much a point stands out. What is at least `aside` is drawn above the rest. */
export const EMPHASIS = { grey: 0, usual: 1, aside: 2, front: 3 } as const;

/** How opaque points are, by their emphasis. */
export const OPACITIES = [0.35, 0.55, 0.3, 0.95] as const;

interface Looked {
  readonly document: ModelDocument;
  readonly map: Pick<ModelMap, 'labels' | 'schools'>;
  /** The word that is looked at, and its cluster. */
  readonly selected: string | null;
  readonly cluster: string | null;
  readonly marks: Pick<MapMarks, 'lit' | 'picked'>;
}

/**
 * How much each row stands out: what is picked, else what is lit, else the word that is looked at.
 *
 * @returns an {@link EMPHASIS} for each, [rows]
 */
export function emphasisOf({ document, map, selected, cluster, marks }: Looked): Uint8Array {
  const { labels, schools } = map;
  const { lit, picked } = marks;
  const emphasis = new Uint8Array(labels.length);
  if (picked !== null) {
    for (const row of picked) emphasis[row] = EMPHASIS.front;
    return emphasis;
  }
  if (lit.size > 0) {
    const ofWords = document.words.map(({ word }) =>
      lit.has(word) ? EMPHASIS.front : EMPHASIS.grey,
    );
    return emphasis.map((_, row) => ofWords[labels[row] ?? 0] ?? EMPHASIS.grey);
  }
  const label = document.words.findIndex(({ word }) => word === selected);
  const school = clustersOf(document, selected).findIndex(({ name }) => name === cluster);
  return emphasis.map((_, row) => {
    if (labels[row] !== label) return EMPHASIS.usual;
    return school >= 0 && schools[row] !== school ? EMPHASIS.aside : EMPHASIS.front;
  });
}

/** The words that contours are of where none is lit: more would only cover each other. */
const MOST_CONTOURS = 4;

/** Indices of the words that contours are drawn of. */
export function wordsWithContours(
  { words }: ModelDocument,
  lit: MapMarks['lit'],
): readonly number[] {
  const sorted = words
    .map(({ word, rows }, label) => ({ word, rows, label }))
    .sort((a, b) => b.rows - a.rows);
  const own = lit.size > 0 ? sorted.filter(({ word }) => lit.has(word)) : sorted;
  return own.slice(0, lit.size > 0 ? own.length : MOST_CONTOURS).map(({ label }) => label);
}

const MARKS_EVENT = 'wb-marks';

/** Says what stands out from now on. */
export class MarksEvent extends Event {
  constructor(readonly marks: MapMarks) {
    super(MARKS_EVENT);
  }
}

declare global {
  interface HTMLElementEventMap {
    'wb-marks': MarksEvent;
  }
}
