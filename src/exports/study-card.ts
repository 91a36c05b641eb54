/** The card that goes with a model when somebody takes the whole study. */
import { plural, thousands } from '../base/number-text';
import { markdownText } from '../base/table-text';
import type { Model, ModelDocument } from '../model/model';
import { FOUNDING_CHOICES } from '../recipe/audit-choices';
import { differingChoices } from '../recipe/audit-choice-texts';
import type { Recipe } from '../recipe/recipe';
import { presetOf } from '../recipe/recipes';
import { HELD_OUT, MADE_UP, SAFE_CITATION, fenced, settingsTable } from './card-sections';
import { scoreboardText } from './score-report';

/** @param files the names of the files beside it, each with what it is */
export function studyCard(
  { document: { words, spec }, weights }: Model,
  run: NonNullable<ModelDocument['run']>,
  files: readonly (readonly [name: string, about: string])[],
): string {
  const { recipe, scoreboard } = run;
  const preset = presetOf(recipe);
  const reached =
    scoreboard === null
      ? ['It was not measured.']
      : [
          'On the rows that the first line names. In brackets, where there are enough people, are 95 % intervals over people.',
          fenced(scoreboardText(scoreboard)),
        ];
  return `${[
    `# ${markdownLine(run.name)}`,
    'A model of what words mean to a parametric equaliser of five bands: from a setting to a place on a map of words, and back.',
    '## How it was made',
    `${preset.title}, seed ${String(recipe.seed)}, ${thousands(run.epochs)} ${plural(run.epochs, 'epoch')} by the engine ${run.engine}. ${preset.summary} It has ${thousands(weights.length)} parameters and a latent of ${String(spec.latent)} dimensions.`,
    'The settings of the recipe:',
    settingsTable(recipe).trimEnd(),
    '## The data',
    run.synthetic
      ? 'It learnt from the sample, which a program made up: nobody set these settings.'
      : 'It learnt from settings of an equaliser that people labelled with words. Of a row the model file has its point on the map; a kind of a word, or a proposal for it, may be a single row’s setting.',
    [
      run.synthetic
        ? `- Cite: ${MADE_UP}`
        : `- Cite, if the file is that of the SAFE project: ${SAFE_CITATION}`,
      `- SHA-256 of the file: \`${run.dataSha256}\``,
      `- Audit: ${cleaned(recipe)}`,
      `- Rows trained on, after cleaning: ${thousands(run.trainingRows)}; held out, by ${HELD_OUT[recipe.split]}: ${thousands(run.heldOutRows)}`,
      `- SHA-256 of the split: \`${run.splitHash}\``,
    ].join('\n'),
    markdownText({
      columns: ['Word', 'Rows'],
      rows: words.map(({ word, rows }) => [word, String(rows)]),
    }).trimEnd(),
    '## What it reaches',
    ...reached,
    '## What is in the files',
    markdownText({
      columns: ['File', 'What it is'],
      rows: files.map((file) => [...file]),
    }).trimEnd(),
    '## Licence',
    'Warmbright’s code: MIT, as the project’s LICENSE says. Under which licence the model may be used is for whoever trained it to say.',
  ].join('\n\n')}\n`;
}

function cleaned({ audit }: Recipe): string {
  const choices = differingChoices(audit, FOUNDING_CHOICES);
  return choices.length === 0 ? 'the rows were used as in the seed log.' : `${choices.join(', ')}.`;
}

/** Text of a person's as a heading has it: no mark-up, and no more than one line. */
function markdownLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|]/g, '\\$&');
}
