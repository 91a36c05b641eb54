/** A mean over rows that people gave, and over the people. */
import { groupBy } from '../../base/group-by';
import { mean } from '../../math/mean';
import { Resamples, weightedMean, type Interval } from './bootstrap';

export interface PeopleFigure {
  /** Each row counts once, so that who gave many rows counts much. */
  readonly byRows: number;
  /** 95 %, over people; null where fewer than four gave the rows. */
  readonly rowsInterval: Interval | null;
  /** Each person counts once: the mean of the people's means. */
  readonly byPeople: number;
  readonly peopleInterval: Interval | null;
}

/**
 * Both intervals are of the cluster bootstrap, which draws whole people: see {@link Resamples}.
 *
 * @param values of each row, at least one, [rows]
 * @param people who gave each row, any numbers, [rows]
 */
export function peopleFigure(values: ArrayLike<number>, people: readonly number[]): PeopleFigure {
  const ofRows = Float64Array.from(values);
  const own = groupBy([...ofRows.keys()], (row) => people[row] ?? 0);
  const ofPeople = Float64Array.from(own.values(), (rows) =>
    mean(rows.map((row) => ofRows[row] ?? Number.NaN)),
  );
  const interval = (of: Float64Array, groups: readonly number[]): Interval | null =>
    new Resamples(groups).interval((weights) => weightedMean(of, weights));
  return {
    byRows: mean(ofRows),
    rowsInterval: interval(ofRows, people),
    byPeople: mean(ofPeople),
    peopleInterval: interval(ofPeople, [...own.keys()]),
  };
}
