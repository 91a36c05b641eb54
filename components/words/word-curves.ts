/** The curves that stand behind the current EQ: what the words that are picked do. */
import {
  mixtureName,
  partName,
  wordAlone,
  type Mixture,
  type Part,
} from '../../src/explore/mixture';
import { PARAMETER_COUNT } from '../../src/eq/parameters';
import type { ModelDocument } from '../../src/model/model';
import type { TimelineFrame } from '../../src/timeline/timeline';
import type { NamedCurve } from '../kit/eq-plot';
import { colourNumbers, colourOf } from '../kit/word-colours';
import { modelCode } from '../state/model-code';
import type { ShownModel } from '../state/page-state';

/**
 * Of a word that is looked at as a whole its clusters' curves and its own, of a cluster the word's
 * and its own, of a mixture its parts' and both ways of mixing.
 */
export function wordCurves(model: ShownModel, mixture: Mixture): NamedCurve[] {
  const { parts, space, strength } = mixture;
  const colours = coloursOf(model.document);
  const curve = (of: Pick<Part, 'word' | 'cluster'>): NamedCurve => ({
    name: partName(of),
    setting: modelCode().mix(model, wordAlone(of.word, of.cluster)).setting,
    colour: colours.get(of.word) ?? 'var(--wb-ink)',
    dashed: false,
  });
  const mixed = (way: Mixture['space'], name: string, colour: string): NamedCurve => ({
    name,
    setting: modelCode().mix(model, { ...mixture, space: way }).setting,
    colour,
    dashed: way !== space,
  });
  const [first] = parts;
  if (first !== undefined && parts.length === 1) {
    const { word, cluster } = first;
    const own = mixed(space, mixtureName(mixture), colours.get(word) ?? 'var(--wb-ink)');
    const clusters = model.document.words.find((known) => known.word === word)?.schools ?? [];
    const behind =
      cluster !== null
        ? [curve({ word, cluster: null })]
        : clusters.length > 1
          ? clusters.map(({ name }) => ({ ...curve({ word, cluster: name }), dashed: true }))
          : [];
    const asItIs = strength === 1 ? [] : [curve(first)];
    return [...behind, ...asItIs, own];
  }
  const other = space === 'latent' ? 'parameters' : 'latent';
  const name = (way: Mixture['space']): string =>
    `${mixtureName(mixture)}, ${way === 'latent' ? 'blended in the model' : 'blended in dB, Hz and Q'}`;
  return [
    ...parts.map(curve),
    mixed(other, name(other), 'var(--wb-ink-quiet)'),
    mixed(space, name(space), 'var(--wb-ink-quiet)'),
  ];
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
        dashed: false,
      },
    ];
  });
}

function coloursOf({ words }: ModelDocument): ReadonlyMap<string, string> {
  const numbers = colourNumbers(words);
  return new Map(words.map(({ word }, i) => [word, colourOf(numbers[i] ?? 0)]));
}
