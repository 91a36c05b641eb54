/** A ready-made model's card as a page of Markdown. */
import { markdownText } from '../base/table-text';
import type { ModelCard } from '../ready/model-card';
import { presetOf } from '../recipe/recipes';
import { counted, thousands } from '../base/number-text';
import { HELD_OUT, fenced, settingsTable } from './card-sections';
import { scoreboardText } from './score-report';

/** @param card may hold words of anybody's file: they are escaped */
export function modelCardText(card: ModelCard): string {
  const { recipe, data, packing, replay, drawnApart } = card;
  const { before, after } = packing.responseErrorDb;
  return `${[
    `# ${card.name}`,
    'A model of what words mean to a parametric equaliser of five bands: from a setting to a place on a map of words, and back. The page opens it at once, without training.',
    '## How it was made',
    `${presetOf(recipe).title}, seed ${String(recipe.seed)}, ${counted(card.epochs, 'epoch')} by the engine ${card.engine} on one thread (${card.device}). ${presetOf(recipe).summary} It has ${thousands(card.parameters)} parameters. To make it again, to the same bits where the engine runs on the same:`,
    fenced(card.command),
    'The settings of the recipe:',
    settingsTable(recipe).trimEnd(),
    '## The data',
    data.synthetic
      ? 'It learnt from the sample, which a program made up: nobody set these settings.'
      : 'It learnt from settings of an equaliser plug-in that people labelled with words.',
    [
      `- Cite: ${data.citation}`,
      `- Licence: ${data.licence}`,
      `- SHA-256 of the file: \`${data.sha256}\``,
      `- Rows of the file: ${thousands(data.rows)}; trained on: ${thousands(data.trainingRows)}; held out, by ${HELD_OUT[recipe.split]}: ${thousands(data.heldOutRows)}`,
      `- SHA-256 of the split: \`${data.splitHash}\``,
    ].join('\n'),
    markdownText({
      columns: ['Word', 'Rows', 'People'],
      rows: card.words.map(({ word, rows, people }) => [word, String(rows), String(people)]),
    }).trimEnd(),
    '## What it reaches',
    'Measured on the model as it is here, on rows that it has not learnt from, beside training rows and baselines. In brackets are 95 % intervals over people.',
    fenced(scoreboardText(card.scoreboard)),
    '## What is in the files',
    `The network’s weights, each in ${String(packing.bits)} bits; the words with their places in the latent, and kinds, proposals and densities of those with enough rows that these are nobody’s own; the recipe; the map, as a point and a word for each row; and where the points lay after ${String(replay.epochs.length)} of the epochs, and lie with the words drawn apart by ${drawnApart.amounts.join(' and ')}. No row’s setting, no label as somebody typed it, and nothing of who gave a row.`,
    `Rounding the weights costs little: the response error on held-out rows is ${after.toFixed(3)} dB instead of ${before.toFixed(3)} dB, and no word’s curve moves by more than ${packing.wordCurvesDb.toFixed(3)} dB.`,
    markdownText({
      columns: ['File', 'Bytes', 'SHA-256'],
      rows: card.files.map(({ name, bytes, sha256 }) => [name, thousands(bytes), sha256]),
    }).trimEnd(),
    '## Licence',
    card.licence,
  ].join('\n\n')}\n`;
}
