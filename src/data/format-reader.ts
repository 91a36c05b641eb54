import type { AwaitedOnShare } from '../base/share';
import type { Reading } from './reading';
import type { SafeData } from './rows';

/** Takes the records of a file in one format, header aside; its rows go to a RowCollector. */
export interface FormatReader {
  /** @param line that the record starts on */
  readonly read: (line: number, cells: readonly string[]) => void;
  /** How much of the whole reading `finish` takes, 0 to 1. */
  readonly finishing: number;
  /**
   * To be called after the last record: what there is to say of the file.
   *
   * @param onShare is given how much of this is done, where it takes its time
   * @throws InputError when what was chosen does not suit what was read, and what `onShare` throws
   */
  readonly finish: (onShare: AwaitedOnShare) => Found | Promise<Found>;
}

type Found = Omit<Reading, 'format'> & Pick<SafeData, 'personal'>;
