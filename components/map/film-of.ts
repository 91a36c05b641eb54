/** The timeline that is looked at, as a film. */
import { PARAMETER_COUNT } from '../../src/eq/parameters';
import type { Film } from '../../src/figures/film';
import { offeredSetting, wordSettings } from '../../src/model/word-settings';
import type { PageState } from '../state/page-state';

/** @returns null where there is nothing to look back at */
export function filmOf({ model, timeline, mixture }: PageState): Film | null {
  if (model?.map == null) return null;
  const { document, map } = model;
  const word = mixture?.parts[0]?.word ?? null;
  const label = document.words.findIndex((known) => known.word === word);
  const newest = document.run?.epochs ?? 0;
  const own = wordSettings(model).find(({ name }) => name === word);
  const earlier = timeline.frames.filter(
    ({ epoch, points }) => epoch < newest && points.length === map.points.length,
  );
  if (earlier.length === 0) return null;
  return {
    title: document.run?.name ?? 'A model',
    map,
    words: document.words.map((known) => known.word),
    ranking: document.words.toSorted((a, b) => b.rows - a.rows).map((known) => known.word),
    word: own === undefined ? null : word,
    frames: [
      ...earlier.map(({ epoch, points, settings }) => ({
        epoch,
        points,
        setting:
          settings === null || label < 0
            ? null
            : offeredSetting(document, [
                ...settings.subarray(label * PARAMETER_COUNT, (label + 1) * PARAMETER_COUNT),
              ]),
      })),
      { epoch: newest, points: map.points, setting: own?.setting ?? null },
    ],
  };
}
