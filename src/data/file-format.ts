/** Which of the files that are known a file is, by its first records. */
import { InputError } from '../base/input-error';
import { EQ_BANDS } from '../eq/parameters';
import { checkedMapping, ColumnsNeeded, guessMapping, type GuessedMapping } from './column-mapping';
import type { ColumnMapping } from './column-mapping-schema';
import { plainNumber, type Dialect } from './csv-dialect';
import type { ReadChoices } from './reading';
import { isName, looksLikeHeader, SAFE_COLUMNS, SAFE_MAPPING } from './safe-row';
import { socialFxLayout, type SocialFxLayout } from './socialfx';

export type FileFormat =
  | { readonly kind: 'safe-db'; readonly mapping: ColumnMapping; readonly header: boolean }
  | { readonly kind: 'columns'; readonly mapping: ColumnMapping; readonly header: true }
  | { readonly kind: 'socialfx'; readonly layout: SocialFxLayout; readonly header: true };

/** Cells of a row of SAFE's files: five, the effect's parameters, and seven about its contributor. */
const EFFECTS: ReadonlyMap<number, string> = new Map([
  [17, 'distortion'],
  [18, 'compressor'],
  [21, 'reverb'],
]);
const BEFORE_PARAMETERS = 5;
const AFTER_PARAMETERS = 7;

/** Cells of a row in the files that are known. */
export const KNOWN_WIDTHS = [SAFE_COLUMNS, ...EFFECTS.keys(), 44];

/**
 * @throws InputError  where the file is one of SAFE's other effects, or the chosen columns cannot be
 *   read
 * @throws ColumnsNeeded where it has a header of its own and no columns are chosen
 */
export function fileFormat(dialect: Dialect, { mapping }: ReadChoices): FileFormat {
  const [first = []] = dialect.sample;
  const layout = socialFxLayout(first, dialect.columns);
  if (layout !== null) return { kind: 'socialfx', layout, header: true };
  const effect = otherEffect(dialect);
  if (effect !== null) {
    throw new InputError(
      `The file is SAFE's ${effect} file (${String(dialect.columns)} columns), whose rows are no equaliser settings; load SAFEEqualiserUserData.csv instead.`,
    );
  }
  if (mapping !== undefined) {
    return { kind: 'columns', mapping: checkedMapping(mapping, first.length), header: true };
  }
  const safeHeader = looksLikeHeader(first);
  const guess = guessMapping(first);
  if (isForeignHeader(dialect) && (!safeHeader || isElsewhere(guess))) {
    throw new ColumnsNeeded(
      first.map((name) => name.trim()),
      guess,
    );
  }
  return { kind: 'safe-db', mapping: SAFE_MAPPING, header: safeHeader };
}

/** Whether the first record names columns and those below it hold numbers. */
function isForeignHeader(dialect: Dialect): boolean {
  const [first = [], ...others] = dialect.sample;
  return (
    first.length > 1 &&
    first.every((cell) => cell.trim() === '' || isName(cell)) &&
    first.filter(isName).length > 1 &&
    others.some((cells) => cells.length === first.length && cells.some((c) => isNumber(c, dialect)))
  );
}

/** Whether the names say that all gains are in other columns than SAFE-DB's. */
function isElsewhere({ parameters }: GuessedMapping): boolean {
  return EQ_BANDS.every(({ gain }) => {
    const column = parameters[gain] ?? null;
    return column !== null && column !== SAFE_MAPPING.parameters[gain];
  });
}

/** The effect whose file this is by the places of its numbers; null where it is none of SAFE's. */
function otherEffect(dialect: Dialect): string | null {
  const effect = EFFECTS.get(dialect.columns);
  const rows = dialect.sample.filter(({ length }) => length === dialect.columns);
  const after = dialect.columns - AFTER_PARAMETERS;
  const fits = rows.filter(
    (cells) =>
      cells.slice(BEFORE_PARAMETERS, after).every((cell) => isNumber(cell, dialect)) &&
      ![cells[1], cells[2], cells[after]].some((cell) => isNumber(cell ?? '', dialect)),
  );
  return effect !== undefined && 2 * fits.length > rows.length ? effect : null;
}

function isNumber(cell: string, dialect: Dialect): boolean {
  const text = plainNumber(cell, dialect);
  return text !== '' && Number.isFinite(Number(text));
}
