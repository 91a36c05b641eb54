import { describe, expect, it } from 'vitest';
import { consonantRuns, looksLikeNoWord } from './word-shape';

const never = (): boolean => false;

describe('looksLikeNoWord', () => {
  it.each([
    'bright warm airy boomy muddy harsh thin full crunchy punchy sharp smooth strength depth scratchy',
    'strings brassy phasey twangy squelchy whispering rhythmic glassy crispness lengthy sixth growls',
    'compressed brightness thickening darkly worldly twelfth monstrous transparent abstract subtle distinct lengths algorithm',
    'kräftig schlicht dumpf scharf schrill herbst wucht kratzig dünn glänzend strumpf zwölf sanft',
    'brillante cálido claro oscuro fuerte suave áspero tranquilo profundo resplandeciente agudo',
    'chaleureux brillant sourd étouffé doux léger métallique perçant rond souffle',
  ])('takes words for words: %s', (words) => {
    const none = words.split(' ').filter((word) => looksLikeNoWord(word, 'a', never));
    expect(none).toEqual([]);
  });

  it.each([
    ['brght', 'bright'],
    ['birght', 'bright'],
    ['wawrm', 'warm'],
    ['brigth', 'bright'],
    ['warmm', 'warm'],
    ['deeep', 'deep'],
    ['heavvy', 'heavy'],
    ['very wamr', 'very warm'],
  ])('takes “%s” for none', (written, meant) => {
    expect(looksLikeNoWord(written, meant, never)).toBe(true);
  });

  it('takes a run for one of words that the meant word or another of the file has', () => {
    expect(looksLikeNoWord('mfuzzy', 'mfuzy', never)).toBe(false);
    expect(looksLikeNoWord('wartm', 'warm', (run) => run === 'rtm$')).toBe(false);
  });

  it('says nothing of letters that it does not know', () => {
    expect(consonantRuns('тёплый')).toBeNull();
    expect(looksLikeNoWord('тпплый', 'тёплый', never)).toBe(false);
  });
});

it('reads runs with their places, accents aside', () => {
  expect(consonantRuns('Strong éclat'.toLowerCase())).toEqual(['^str', 'ng$', 'cl', 't$']);
});
