/** The curves that stand behind the current EQ: what the words that are picked do. */
import {
  mixtureName,
  partName,
  wordAlone,
  type Mixture,
  type Part,
} from '../../src/explore/mixture';
import { PARAMETER_COUNT } from '../../src/eq/parameters';
import type { ModelDocument, WordCluster } from '../../src/model/model';
import type { TimelineFrame } from '../../src/timeline/timeline';
import type { NamedCurve } from '../kit/eq-plot';
import { colourNumbers, colourOf } from '../kit/word-colours';
import { modelCode } from '../state/model-code';
import type { ShownModel } from '../state/page-state';

/** Of a word's kinds, in their order: their curves have one colour. More than these share them. */
const KIND_DASHES = ['8 4', '2 3', '10 3 2 3', '16 4'];
/** Of the way of blending that is not heard. */
const UNHEARD_DASH = '6 4';
/** Of a word at another strength, beside the word as it is. */
const STRENGTH_DASH = '6 2 2 2 2 2';

/**
 * Of a word that is looked at as a whole its clusters' curves and its own, of a cluster the word's
 * and its own, of a mixture its parts' and both ways of mixing.
 */
export function wordCurves(model: ShownModel, mixture: Mixture): NamedCurve[] {
  const { parts, space, strength } = mixture;
  const colours = coloursOf(model.document);
  const kindsOf = (word: string): readonly WordCluster[] =>
    model.document.words.find((known) => known.word === word)?.schools ?? [];
  const dashOf = ({ word, cluster }: Pick<Part, 'word' | 'cluster'>): string | null => {
    const kind = kindsOf(word).findIndex(({ name }) => name === cluster);
    return KIND_DASHES[kind % KIND_DASHES.length] ?? null;
  };
  const curve = (of: Pick<Part, 'word' | 'cluster'>): NamedCurve => ({
    name: partName(of),
    setting: modelCode().mix(model, wordAlone(of.word, of.cluster)).setting,
    colour: colours.get(of.word) ?? 'var(--wb-ink)',
    dash: dashOf(of),
  });
  const mixed = (
    way: Mixture['space'],
    look: Pick<NamedCurve, 'name' | 'colour' | 'dash'>,
  ): NamedCurve => ({
    ...look,
    setting: modelCode().mix(model, { ...mixture, space: way }).setting,
  });
  const [first] = parts;
  if (first !== undefined && parts.length === 1) {
    const { word, cluster } = first;
    const own = mixed(space, {
      name: mixtureName(mixture),
      colour: colours.get(word) ?? 'var(--wb-ink)',
      dash: strength === 1 ? dashOf(first) : STRENGTH_DASH,
    });
    const clusters = kindsOf(word);
    const behind =
      cluster !== null
        ? [curve({ word, cluster: null })]
        : clusters.length > 1
          ? clusters.map(({ name }) => curve({ word, cluster: name }))
          : [];
    const asItIs = strength === 1 ? [] : [curve(first)];
    return [...behind, ...asItIs, own];
  }
  const other = space === 'latent' ? 'parameters' : 'latent';
  const blended = (way: Mixture['space']): NamedCurve =>
    mixed(way, {
      name: `${mixtureName(mixture)}, ${way === 'latent' ? 'blended in the model' : 'blended in dB, Hz and Q'}`,
      colour: 'var(--wb-ink-quiet)',
      dash: way === space ? null : UNHEARD_DASH,
    });
  return [...parts.map(curve), blended(other), blended(space)];
}

/**
 * What the words that are picked did at an earlier epoch, each as a whole: of their clusters nothing is
 * kept.
 *
 * @returns null where the words were not kept either
 */
export function earlierCurves(
  { document }: ShownModel,
  { parts }: Mixture,
  { epoch, settings }: TimelineFrame,
): NamedCurve[] | null {
  if (settings === null) return null;
  const colours = coloursOf(document);
  return parts.flatMap(({ word }) => {
    const label = document.words.findIndex((known) => known.word === word);
    const own = settings.subarray(label * PARAMETER_COUNT, (label + 1) * PARAMETER_COUNT);
    // Frames of a run that has just begun stand beside the model before, of other words.
    if (label < 0 || own.length < PARAMETER_COUNT) return [];
    return [
      {
        name: `${word} after epoch ${String(epoch)}`,
        setting: modelCode().offeredSetting(document, [...own]),
        colour: colours.get(word) ?? 'var(--wb-ink)',
        dash: null,
      },
    ];
  });
}

function coloursOf({ words }: ModelDocument): ReadonlyMap<string, string> {
  const numbers = colourNumbers(words);
  return new Map(words.map(({ word }, i) => [word, colourOf(numbers[i] ?? 0)]));
}
