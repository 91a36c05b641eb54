/** Blind tests in words. */
import type { ListeningTest } from './listening-test';
import { binomialP } from './significance';

/** Words that English compares by their ending; of others it says "more". */
const BY_ENDING = new Set(
  (
    'airy boomy bright clear close cold cool crisp dark deep dull fat full hard harsh heavy light ' +
    'loud muddy punchy rich sharp smooth soft sweet thick thin tight tinny warm'
  ).split(' '),
);

/** "warmer", "airier", "thinner", "more “bass”". */
export function comparative(word: string): string {
  if (!BY_ENDING.has(word)) return `more “${word}”`;
  if (word.endsWith('y')) return `${word.slice(0, -1)}ier`;
  if (word.endsWith('e')) return `${word}r`;
  return word === 'thin' || word === 'fat' ? `${word}${word.slice(-1)}er` : `${word}er`;
}

/** What was asked and compared, for a list. */
export function titleOf({ kind, question, compared: [first, second] }: ListeningTest): string {
  return kind === 'abx'
    ? `ABX: ${first.name} and ${second.name}`
    : `Which is ${comparative(question ?? '')}? ${first.name} or ${second.name}`;
}

/** The p-value that a result is judged by, the larger of the two: see balancedP. */
export function judgingP({ p, balancedP }: NonNullable<ListeningTest['outcome']>): number {
  return Math.max(p, balancedP);
}

/** Below it, guessing is not believed. */
const BELIEVED_P = 0.05;

/** The sentences that say what a test's result means, and what it does not. */
export function meaningOf(test: ListeningTest): readonly string[] {
  const { kind, question, compared, trials, planned, outcome } = test;
  const [first, second] = compared.map(({ name }) => `“${name}”`);
  const names = [first ?? '', second ?? ''] as const;
  if (outcome === null) {
    return [
      `Ended after ${String(trials.length)} of ${String(planned)} trials, so there is no p-value: it holds for a number of trials fixed beforehand, and ending a test when it goes well makes guessing look like hearing.`,
      'The answers given are kept as they are, in the exported files too.',
    ];
  }
  const { correct } = outcome;
  const done =
    kind === 'abx'
      ? `You identified X correctly in ${String(correct)} of ${String(planned)} trials.`
      : `You found ${names[0]} ${comparative(question ?? '')} than ${names[1]} in ${String(correct)} of ${String(planned)} trials.`;
  const p = judgingP(outcome);
  const chance = `Someone who only guesses does at least as well in ${percentText(p)} of such tests`;
  if (p <= BELIEVED_P) {
    const heard =
      kind === 'abx'
        ? `you can tell ${names[0]} from ${names[1]} on this sound`
        : `to you ${names[0]} is ${comparative(question ?? '')} on this sound`;
    return [done, `${chance}, so it is likely that ${heard}.`];
  }
  const open =
    kind === 'abx'
      ? 'so this test does not show that you hear a difference. It does not show that there is none either: another sound, or more trials, may tell.'
      : `so this test does not show that either is ${comparative(question ?? '')} to you. It does not show that they are alike either: another sound, or more trials, may tell.`;
  const swapped =
    kind === 'abx'
      ? 'So few right answers are rare by guessing too: perhaps the two answers were taken for each other.'
      : `To you it may rather be ${names[1]} that is ${comparative(question ?? '')}: a new test the other way round can show that, this one cannot.`;
  const few = binomialP(planned - correct, planned) <= BELIEVED_P;
  return [done, `${chance}, ${open}`, ...(few ? [swapped] : [])];
}

/** "50 %", "3.8 %", "0.0015 %": two significant figures. */
export function percentText(share: number): string {
  const percent = 100 * share;
  if (percent >= 10) return `${percent.toFixed(0)} %`;
  return percent < 1e-6 ? 'less than 0.000001 %' : `${String(Number(percent.toPrecision(2)))} %`;
}

/** "0.038", "0.000015". */
export function pText(p: number): string {
  return p < 1e-6 ? 'less than 0.000001' : String(Number(p.toPrecision(2)));
}
