/** What is said of the map, for those who do not see it. */
import { thousands } from '../../src/base/number-text';
import type { ModelDocument, WordCluster } from '../../src/model/model';
import type { DrawnMap } from './map-frame';

export const NO_MAP = 'This file holds no map. Load the data set it was trained on to see one.';

/** The clusters of a word. */
export function clustersOf({ words }: ModelDocument, word: string | null): readonly WordCluster[] {
  return words.find((own) => own.word === word)?.schools ?? [];
}

/** What the map shows. @param selected the word that is looked at */
export function describeMap(
  document: ModelDocument | null,
  map: DrawnMap | null,
  selected: string | null,
): string {
  if (document === null || map === null) return 'Map of the words, still empty';
  const words = document.words.map(({ word }) => word).join(', ');
  const names = clustersOf(document, selected).map(({ name }) => name);
  const schools = names.length > 1 ? ` Kinds of ${selected ?? ''}: ${names.join('; ')}.` : '';
  const apart = map.pull === null ? '' : ` Words are drawn apart by ${String(map.pull.amount)}.`;
  const rows = thousands(map.labels.length);
  const what =
    map.labels.length === 0
      ? 'Map of the words, each where the model places it; a link brings no settings.'
      : `Map of ${rows} settings, each a point where the model places it.`;
  return `${what} Words: ${words}.${schools}${apart}`;
}

/** What the map's signs stand for. @param earlier whether the map is that of an earlier epoch */
export function legendOf({ labels, heldOut }: DrawnMap, earlier: boolean): string {
  return [
    ...(labels.length === 0 ? [] : ['● trained on']),
    ...(heldOut.includes(1) ? ['○ held out'] : []),
    earlier ? '· an earlier epoch, without the current EQ' : '◎ current EQ',
  ].join(' ');
}

/** As a share of the frame, −100 to 100. */
export function percent(value: number, of: number): number {
  return Math.round(Math.max(-100, Math.min(100, (100 * value) / of)));
}

/** "12 % right". */
export function sideText(value: number, of: number, above: string, below: string): string {
  const share = Math.round((100 * value) / of);
  return `${String(Math.abs(share))} % ${share < 0 ? below : above}`;
}
