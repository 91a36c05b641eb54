/** What a scoreboard comes to, in sentences for people who do not read tables. */
import type { ModelDocument } from '../../model/model';
import { evidenceSentence, wordEvidence } from '../word-evidence';

/** Said beside the figures of a model that came by a link. */
export const BEFORE_ROUNDING = 'Measured before its weights were rounded for the link.';

/**
 * How near the model comes to settings, beside the best that is linear, and of how many of its words
 * enough is known. null where the model has no figures.
 */
export function verdictSentence(document: Pick<ModelDocument, 'words' | 'run'>): string | null {
  const scoreboard = document.run?.scoreboard ?? null;
  const error = scoreboard?.responseErrorDb ?? null;
  if (scoreboard === null || error === null) return null;
  const synthetic = document.run?.synthetic === true;
  const whose =
    scoreboard.on === 'held-out rows'
      ? `EQ curves of ${synthetic ? 'made-up ' : ''}people it has not seen`
      : `the ${synthetic ? 'synthetic ' : ''}EQ curves it was trained on`;
  const linear = scoreboard.baselines?.curveComponents ?? null;
  const gain = scoreboard.intervals?.responseGain.curveComponents ?? null;
  const beside =
    linear === null
      ? ''
      : gain === null || (gain[0] <= 0 && gain[1] >= 0)
        ? `, no clear difference from principal components of the curves (${linear.toFixed(2)} dB)`
        : gain[0] > 0
          ? `, less than principal components of the curves (${linear.toFixed(2)} dB)`
          : `, more than principal components of the curves (${linear.toFixed(2)} dB)`;
  return `Redraws ${whose} with an error of ${error.toFixed(2)} dB${beside}. ${wordsSentence(document)}`;
}

/** Whose intervals are looked at: see {@link wordEvidence}. */
const ONE_CURVE = 'the model’s or people’s mean or medoid';

function wordsSentence(document: Pick<ModelDocument, 'words' | 'run'>): string {
  const told = document.words.flatMap(({ word }) => wordEvidence(document, word) ?? []);
  const sure = told.filter(({ beatsFlat }) => beatsFlat === 'yes').map(({ word }) => word);
  const [only] = told;
  if (told.length === 1 && only !== undefined) return evidenceSentence(only);
  const number = `${String(told.length)} words`;
  if (sure.length === 0)
    return `For none of its ${number} is one curve, ${ONE_CURVE}, surely nearer to what they set than no EQ at all.`;
  if (sure.length === told.length)
    return `For all of its ${number}, one curve, ${ONE_CURVE}, is surely nearer to what they set than no EQ at all.`;
  const which = sure.length <= 3 ? ` (${sure.join(', ')})` : '';
  return `For ${String(sure.length)} of its ${number}${which}, one curve, ${ONE_CURVE}, is surely nearer to what they set than no EQ at all.`;
}
