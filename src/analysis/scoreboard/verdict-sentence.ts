/** What a scoreboard comes to, in sentences for people who do not read tables. */
import type { ModelDocument } from '../../model/model';
import { evidenceSentence, wordEvidence } from '../word-evidence';

/**
 * How near the model comes to settings, beside the best that is linear, and of how many of its words
 * enough is known. null where the model has no figures.
 */
export function verdictSentence(document: Pick<ModelDocument, 'words' | 'run'>): string | null {
  const scoreboard = document.run?.scoreboard ?? null;
  const error = scoreboard?.responseErrorDb ?? null;
  if (scoreboard === null || error === null) return null;
  const whose =
    scoreboard.on === 'held-out rows'
      ? 'settings of people it has not seen'
      : 'the settings it was trained on';
  const linear = scoreboard.baselines?.curveComponents ?? null;
  const gain = scoreboard.intervals?.responseGain.curveComponents ?? null;
  const beside =
    linear === null
      ? ''
      : gain === null || (gain[0] <= 0 && gain[1] >= 0)
        ? `, as well as principal components of the curves (${linear.toFixed(2)} dB)`
        : gain[0] > 0
          ? `, better than principal components of the curves (${linear.toFixed(2)} dB)`
          : `, worse than principal components of the curves (${linear.toFixed(2)} dB)`;
  return `Reproduces ${whose} to ${error.toFixed(2)} dB${beside}. ${wordsSentence(document)}`;
}

function wordsSentence(document: Pick<ModelDocument, 'words' | 'run'>): string {
  const told = document.words.flatMap(({ word }) => wordEvidence(document, word) ?? []);
  const sure = told.filter(({ beatsFlat }) => beatsFlat === 'yes').map(({ word }) => word);
  const [only] = told;
  if (told.length === 1 && only !== undefined) return evidenceSentence(only);
  const number = `${String(told.length)} words`;
  if (sure.length === 0)
    return `Of none of its ${number} it is sure that a curve beats a flat one.`;
  if (sure.length === told.length) return `For all its ${number} a curve surely beats a flat one.`;
  const which = sure.length <= 3 ? `${sure.join(', ')} alone` : `${String(sure.length)} of them`;
  return `Of its ${number}, a curve surely beats a flat one for ${which}.`;
}
