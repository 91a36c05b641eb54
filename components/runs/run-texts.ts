/** What the list says of a run. */
import { signed } from '../../src/base/number-text';
import type { RunSummary } from '../../workers/trainer/messages';
import { sizeText } from '../../src/base/size-text';
import { savedWhen } from './saved-when';

/** Words named before the others are counted. */
const NAMED = 6;

/** "finished, epoch 150 of 150, synthetic data. 26 Nov 2026, 12:00, 1.2 MB" */
export function stateText(run: RunSummary): string {
  const { epochs, plannedEpochs, finished, synthetic, savedAt, bytes } = run;
  const state = finished ? (epochs < plannedEpochs ? 'stopped' : 'finished') : 'unfinished';
  const data = synthetic ? ', synthetic data' : '';
  return `${state}, epoch ${String(epochs)} of ${String(plannedEpochs)}${data}. ${savedWhen(savedAt)}, ${sizeText(bytes)}`;
}

/** The main figures, and which rows they are on; empty where none were taken. */
export function figuresText(scoreboard: RunSummary['scoreboard']): string {
  if (scoreboard === null) return '';
  const { silhouette, responseErrorDb, neighbourAccuracy, on } = scoreboard;
  const figures = [
    ...(silhouette === null ? [] : [`silhouette ${signed(silhouette, 3)}`]),
    ...(responseErrorDb === null ? [] : [`response error ${responseErrorDb.toFixed(2)} dB`]),
    ...(neighbourAccuracy === null
      ? []
      : [`kNN accuracy ${(100 * neighbourAccuracy).toFixed(1)} %`]),
  ];
  return figures.length === 0 ? '' : `${new Intl.ListFormat('en').format(figures)} on ${on}`;
}

/** "warm, bright and 8 more words"; those with most rows first. */
export function wordsText(words: NonNullable<RunSummary['words']>): string {
  const names = words.toSorted((a, b) => b.rows - a.rows).map(({ word }) => word);
  const rest = names.length - NAMED;
  if (rest <= 0) return new Intl.ListFormat('en').format(names);
  const named = names.slice(0, NAMED).join(', ');
  return `${named} and ${String(rest)} more ${rest === 1 ? 'word' : 'words'}`;
}
