import type { Reading } from './reading';
import type { SafeData } from './rows';

/** Takes the records of a file in one format, header aside; its rows go to a RowCollector. */
export interface FormatReader {
  /** @param line that the record starts on */
  readonly read: (line: number, cells: readonly string[]) => void;
  /**
   * To be called after the last record: what there is to say of the file.
   *
   * @throws InputError when what was chosen does not suit what was read
   */
  readonly finish: () => Omit<Reading, 'format'> & Pick<SafeData, 'personal'>;
}
