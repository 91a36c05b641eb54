/** Whether words mean something else on the instruments that a file can be narrowed to. */
import {
  instrumentDifference,
  type InstrumentDifference,
} from '../analysis/instrument-differences';
import { MOST_MEASURED } from '../analysis/scoreboard/measured-sample';
import { cleanData } from '../data/audit/clean';
import type { SafeData } from '../data/rows';
import { SampleOf, sampleRows } from '../math/sample-rows';
import { RECIPES } from '../recipe/recipes';

/** Each of the words on each instrument that the file offers; none where it offers none. */
export function instrumentPart(data: SafeData, words: readonly string[]): InstrumentDifference[] {
  const { rows } = cleanData(data, RECIPES.warmbright.recipe.audit);
  return words.flatMap((word) => {
    const own = rows.filter((row) => row.word === word);
    const sampled = sampleRows([...own.keys()], MOST_MEASURED, SampleOf.figures);
    const measured = sampled.flatMap((row) => own.slice(row, row + 1));
    return (data.reading?.instruments ?? []).map(({ name }) =>
      instrumentDifference(measured, word, name),
    );
  });
}
