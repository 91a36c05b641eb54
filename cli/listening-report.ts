/** Figures of what a listener hears, for people. */
import type { ResponseFigures } from '../src/analysis/response-figures';
import type { WordDistances } from '../src/analysis/word-distances';

/** null where a word has no setting, or no rows on one side of the split. */
export interface HeardWord {
  readonly word: string;
  readonly distances: WordDistances | null;
}

/** Held-out response curves, the model beside its baselines, and a line for every word. */
export function listeningText({
  responseErrorDb,
  neighbourAccuracy,
  words,
}: Omit<ResponseFigures, 'words'> & { readonly words: readonly HeardWord[] }): string {
  const { model, flat, parameterComponents, curveComponents } = responseErrorDb;
  return [
    'Response curves of held-out rows',
    `  error of the model         ${decibels(model)}`,
    `  … of PCA on parameters     ${decibels(parameterComponents)}  (as many dimensions)`,
    `  … of PCA on curves         ${decibels(curveComponents)}  (as many dimensions; no equaliser makes them)`,
    `  … of a flat curve          ${decibels(flat)}`,
    `  neighbours tell the word   ${percent(neighbourAccuracy.latent)} in the latent, ${percent(
      neighbourAccuracy.curves,
    )} by the curves themselves`,
    '',
    'Distance of a word\u2019s one curve to held-out people\u2019s, median, dB',
    ...words.flatMap(({ word, distances }) => (distances === null ? [] : [line(word, distances)])),
  ].join('\n');
}

function line(word: string, { rows, medians, modelInterval, person }: WordDistances): string {
  const [low, high] = modelInterval.map((end) => end.toFixed(2));
  const verdict = medians.model < medians.flat ? '' : '  No better than leaving the EQ flat.';
  return (
    `  ${word.padEnd(12)} ${medians.model.toFixed(2)} (${String(low)}\u2013${String(high)}, ${String(rows)} ${rows === 1 ? 'row' : 'rows'})` +
    `  flat ${medians.flat.toFixed(2)}  mean ${medians.mean.toFixed(2)}` +
    `  medoid ${medians.medoid.toFixed(2)}` +
    `${person === null ? '' : `  another person ${person.toFixed(2)}`}${verdict}`
  );
}

function decibels(value: number): string {
  return `${value.toFixed(2)} dB`;
}

function percent(share: number | null): string {
  return share === null ? 'cannot be told' : `${(100 * share).toFixed(1)} %`;
}
