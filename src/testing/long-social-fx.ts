/** A SocialFX file that takes long to read. For tests only. */

const BANDS = Array.from({ length: 40 }, (_, i) => `RSC_${String(20 + 500 * i)}Hz_band`);

/** Each of its rows is a step of the reading, of some milliseconds; no two curves are the same. */
export function longSocialFx(rows: number): string {
  const header = ['descriptor', 'audio_id', 'ratings_consistency', ...BANDS].join(',');
  const row = (at: number): string =>
    ['warm', 'English', 8, 0.7, ...BANDS.map((_, i) => ((i * at) % 41) / 20 - 1)].join(',');
  return [header, ...Array.from({ length: rows }, (_, at) => row(at))].join('\n');
}
