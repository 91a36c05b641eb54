/** What a data file becomes once parsed. Nothing personal is in any of these types. */
import type { EqSetting } from '../eq/parameters';
import type { Reading } from './reading';

/** One usable row. */
export interface SafeRow {
  /** Line of the file the row starts on, from 1. */
  readonly line: number;
  /** The label, trimmed and in lower case. */
  readonly word: string;
  /** The label as the file has it, line breaks as blanks; left out where that is the word itself. */
  readonly label?: string;
  /** 1, 2, 3 … in order of first appearance of what tells the contributor from others. */
  readonly contributor: number;
  /**
   * Contributor whose setting the row repeats, where cleaning joined the two: it is held out with
   * that person's rows. Left out elsewhere.
   */
  readonly joinedTo?: number;
  readonly setting: EqSetting;
  /** What was played, and its genre, in lower case, where a SAFE-DB file says so. */
  readonly instrument?: string;
  readonly genre?: string;
  /** Where the file has a curve of its own: how far the setting is from it, dB RMS. */
  readonly fitErrorDb?: number;
}

/** One row that could not be used. */
export interface RejectedRow {
  readonly line: number;
  /** Column from 1, as a spreadsheet counts; null when the row as a whole is at fault. */
  readonly column: number | null;
  /** A sentence that names what is wrong. Never holds a value of a personal column. */
  readonly reason: string;
}

/** How much of a personal column was filled. The values themselves are nowhere. */
interface PersonalColumn {
  /** Column from 1, as a spreadsheet counts. */
  readonly column: number;
  /** How many of the usable rows had anything in it. */
  readonly rows: number;
}

export interface SafeData {
  readonly rows: readonly SafeRow[];
  /** The first rejected rows in file order; a hopeless file lists 1,000 of them. */
  readonly rejected: readonly RejectedRow[];
  /** How many rows were rejected in all. */
  readonly rejectedTotal: number;
  /**
   * All five personal columns of a SAFE-DB file; left out for other files, and in data sets kept by
   * versions that did not look.
   */
  readonly personal?: readonly PersonalColumn[];
  /** How the file was read; left out in data sets kept by versions that knew SAFE-DB only. */
  readonly reading?: Reading;
  /**
   * SHA-256, hex: of the file's bytes or, where there was a choice of how to read them, of their hash
   * and that choice. Equal hashes, equal rows.
   */
  readonly sha256: string;
  /** True when this is the project's own made-up sample. */
  readonly synthetic: boolean;
  /** Number of the contributor whose rows a person has added here; left out where none were. */
  readonly own?: number;
  /** The file's; left out where it is not known, as in data sets kept by earlier versions. */
  readonly name?: string;
}

/** A word and what is known of it before training. */
export interface WordCount {
  readonly word: string;
  readonly rows: number;
  readonly contributors: number;
  /** Why the word starts unticked, when something about it is suspect; otherwise null. */
  readonly caution: string | null;
}

/** The rows of the chosen words, and which of them are held out. */
export interface TrainingSet {
  /** The words in alphabetical order; a row's label is its word's index. */
  readonly words: readonly string[];
  /** The rows of those words, in file order. */
  readonly rows: readonly SafeRow[];
  /** [rows] */
  readonly labels: Int32Array;
  /** [rows], 1 where held out. */
  readonly heldOut: Uint8Array;
  /**
   * [rows], 1 for those that early stopping listens to: training rows, as far as normaliser, places
   * of the words and map go, which no step is taken on.
   */
  readonly validation: Uint8Array;
  /** Rows of other words that train the reconstruction; none where the recipe does not want them. */
  readonly others: readonly SafeRow[];
  /**
   * SHA-256, hex, of the UTF-8 JSON of [words, line numbers of the held-out rows] and, where there
   * are any, those of the validation rows: equal hashes, equal splits.
   */
  readonly splitHash: string;
}
