/** A compared run as it was some way into it. */
import { PARAMETER_COUNT, type EqSetting } from '../../src/eq/parameters';
import { decodeSetting, offeredSetting } from '../../src/model/word-settings';
import { frameAt, type TimelineFrame } from '../../src/timeline/timeline';
import type { StoredRun } from '../../workers/trainer/messages';

/** Epochs of the run by then. @param share 0 to 1; null: all */
export function epochAt({ document }: StoredRun, share: number | null): number {
  return Math.round((share ?? 1) * (document.run?.epochs ?? 0));
}

/** What is kept of the run by then; null: the run as it is, which is also all that is known of others. */
export function frameBy(run: StoredRun, share: number | null): TimelineFrame | null {
  return share === null ? null : frameAt(run.timeline, epochAt(run, share));
}

/** What the word did by then; null where the run does not know it. */
export function settingBy(run: StoredRun, word: string, share: number | null): EqSetting | null {
  const { document, weights } = run;
  const label = document.words.findIndex((known) => known.word === word);
  const centroid = document.words[label]?.centroid ?? null;
  if (centroid === null) return null;
  const settings = frameBy(run, share)?.settings;
  if (settings == null) return decodeSetting({ document, weights }, centroid);
  const own = settings.subarray(label * PARAMETER_COUNT, (label + 1) * PARAMETER_COUNT);
  return offeredSetting(document, [...own]);
}

/** The places of all frames and of the run's own map, [n, 2]: what a steady picture has room for. */
export function allPlaces({ map, timeline }: StoredRun): Float32Array {
  const parts = [map?.points ?? new Float32Array(), ...timeline.frames.map(({ points }) => points)];
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
