/** How much is known of a word: by how many rows and people, and whether anything beats doing nothing. */
import { thousands } from '../base/number-text';
import type { ModelDocument } from '../model/model';
import type { Interval } from './metrics/bootstrap';

export interface WordEvidence {
  readonly word: string;
  readonly rows: number;
  /** Whether rows and people are made up. */
  readonly synthetic: boolean;
  /** Who gave them, of a run without figures only those trained on; null where the file does not say. */
  readonly people: number | null;
  /**
   * Whether the model's curve on held-out people, or the mean or the medoid of the others' curves on
   * training people who are left out, is nearer to them than a flat curve: whether one of the three 95 %
   * intervals lies above 0. Unknown where none of them could be told.
   */
  readonly beatsFlat: 'yes' | 'no' | 'unknown';
}

/** What a model's file tells of one of its words; null for a word that it does not know. */
export function wordEvidence(
  { words, run }: Pick<ModelDocument, 'words' | 'run'>,
  word: string,
): WordEvidence | null {
  const own = words.find((known) => known.word === word);
  if (own === undefined) return null;
  const score = run?.scoreboard?.words.find((scored) => scored.word === word);
  const { evidence } = own;
  const gains = [
    score?.distances?.nearerThanFlat ?? null,
    evidence?.mean ?? null,
    evidence?.medoid ?? null,
  ].filter((gain): gain is Interval => gain !== null);
  const beats = gains.some(([low]) => low > 0);
  return {
    word,
    rows: own.rows,
    synthetic: run?.synthetic === true,
    people: score?.contributors ?? evidence?.people ?? null,
    beatsFlat: gains.length === 0 ? 'unknown' : beats ? 'yes' : 'no',
  };
}

/** "For airy, no single curve is surely nearer to what people set than no EQ at all: 6 settings by 5 people." */
export function evidenceSentence(evidence: WordEvidence): string {
  const { word, rows, synthetic, people, beatsFlat } = evidence;
  const [what, who] = synthetic ? ['synthetic ', 'made-up '] : ['', ''];
  const count = rows === 1 ? `one ${what}setting` : `${thousands(rows)} ${what}settings`;
  const by =
    people === null
      ? ''
      : people === 1
        ? ` by one ${who}person`
        : ` by ${thousands(people)} ${who}people`;
  switch (beatsFlat) {
    case 'yes':
      return `For ${word}, one curve is surely nearer to what people set than no EQ at all: ${count}${by}.`;
    case 'no':
      return `For ${word}, no single curve is surely nearer to what people set than no EQ at all: ${count}${by}.`;
    case 'unknown':
      return `For ${word}, too little is known to say what people mean: ${count}${by}.`;
  }
}
