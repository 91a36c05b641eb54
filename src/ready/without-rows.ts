/** What a model's description may not give away when it is shipped without its data: rows. */
import { CURVE_POINTS, curvesOf, logSpectralDistance } from '../analysis/metrics/curves';
import { COPY_DB } from '../data/audit/copies';
import type { SafeRow } from '../data/rows';
import type { EqSetting } from '../eq/parameters';
import type { Model, ModelWord } from '../model/model';

/** Kinds, proposals and parts of a density that stand for fewer rows are near to one of them. */
const FEWEST_ROWS = 5;

/**
 * The model without the kinds, proposals and densities of words that would show what single rows
 * are: of a rare word a kind is often the setting of the one row in its middle. Weights, averages of
 * words and the map stay.
 *
 * @param rows that it was trained on
 */
export function withoutRows(model: Model, rows: readonly Pick<SafeRow, 'setting'>[]): Model {
  const curves = curvesOf(rows.map(({ setting }) => setting));
  const showsRow = (setting: EqSetting): boolean => {
    const curve = curvesOf([setting]);
    return rows.some((_, row) => {
      const own = curves.subarray(row * CURVE_POINTS, (row + 1) * CURVE_POINTS);
      return logSpectralDistance(curve, own) <= COPY_DB;
    });
  };
  const isOfMany = (parts: readonly { readonly rows: number }[]): boolean =>
    parts.every((part) => part.rows >= FEWEST_ROWS);
  const mayBeShown = (offered: readonly Offered[]): boolean =>
    isOfMany(offered) && !offered.some(({ setting }) => showsRow(setting));
  const words = model.document.words.map((word): ModelWord => {
    const { schools, proposals, density } = word;
    return {
      ...word,
      schools: mayBeShown(schools) ? schools : [],
      ...(proposals !== undefined && { proposals: proposals.filter(mayBeShown) }),
      ...(density !== undefined && { density: isOfMany(density) ? density : [] }),
    };
  });
  return { ...model, document: { ...model.document, words }, map: ofKinds(model.map, words) };
}

interface Offered {
  readonly rows: number;
  readonly setting: EqSetting;
}

/** The map, whose rows are of no kind where their word has none. */
function ofKinds(map: Model['map'], words: readonly ModelWord[]): Model['map'] {
  if (map === null) return null;
  const schools = map.schools.map((kind, row) => {
    return words[map.labels[row] ?? 0]?.schools.length === 0 ? 0 : kind;
  });
  return { ...map, schools };
}
