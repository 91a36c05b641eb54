/** What a link says of a model: figures in as many digits as anybody reads, and nothing of single rows. */
import type { Model, ModelDocument, ModelWord } from '../model/model';
import type { SafeRow } from '../data/rows';
import { withoutRows } from '../ready/without-rows';

/** Digits of a place in the latent, of a setting, and of what was measured. */
const DIGITS = { latent: 6, setting: 5, figure: 4 } as const;

/**
 * @param trainedOn the rows that the model was trained on, none of which may be shown; null where they
 *   are not here. Then kinds, proposals and densities are left out, since nobody can tell which of
 *   them are a row's own
 */
export function linkDocument(
  model: Model,
  trainedOn: readonly Pick<SafeRow, 'setting'>[] | null,
): ModelDocument {
  const { document } = trainedOn === null ? model : withoutRows(model, trainedOn);
  const words = document.words.map((word) =>
    shortWord(trainedOn === null ? withoutParts(word) : word),
  );
  const { run } = document;
  const scoreboard = run && withDigits(run.scoreboard, DIGITS.figure);
  return { ...document, words, run: run && { ...run, scoreboard } };
}

function withoutParts({ proposals, density, ...word }: ModelWord): ModelWord {
  return {
    ...word,
    schools: [],
    ...(proposals !== undefined && { proposals: [] }),
    ...(density !== undefined && { density: [] }),
  };
}

function shortWord(word: ModelWord): ModelWord {
  const { centroid, schools, proposals, density, evidence } = word;
  return {
    ...word,
    centroid: withDigits(centroid, DIGITS.latent),
    schools: schools.map((kind) => ({
      ...kind,
      latent: withDigits(kind.latent, DIGITS.latent),
      setting: withDigits(kind.setting, DIGITS.setting),
    })),
    ...(proposals && {
      proposals: proposals.map((set) =>
        set.map((one) => ({ ...one, setting: withDigits(one.setting, DIGITS.setting) })),
      ),
    }),
    ...(density && {
      density: density.map(({ rows, ...part }) => ({ rows, ...withDigits(part, DIGITS.figure) })),
    }),
    ...(evidence && {
      evidence: { ...withDigits(evidence, DIGITS.figure), people: evidence.people },
    }),
  };
}

/** A document whose numbers that are not whole have so many digits. */
function withDigits<T>(value: T, digits: number): T {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'number' && !Number.isInteger(part) ? Number(part.toPrecision(digits)) : part,
    ),
  ) as T;
}
