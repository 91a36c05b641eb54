import { describe, expect, it } from 'vitest';
import { heardByKey, settingOf, usualSources } from './slots';

const setting = (name: string) => ({ name, setting: [1, 2, 3] });
const words = ['warm', 'bright', 'thin'].map(setting);

describe('the slots', () => {
  it('play the current EQ and the first two words, until somebody chooses', () => {
    const current = setting('mine');
    const names = usualSources(words).map((source) => settingOf(source, current, words)?.name);
    expect(names).toEqual(['mine', 'bright', 'warm']);
  });

  it('play the only word there is', () => {
    expect(usualSources(words.slice(0, 1)).slice(1)).toEqual([
      { from: 'word', word: 'warm' },
      { from: 'word', word: 'warm' },
    ]);
  });

  it('play the current EQ where there are no words', () => {
    const current = setting('mine');
    expect(usualSources([]).map((source) => settingOf(source, current, []))).toEqual([
      current,
      current,
      current,
    ]);
  });

  it('play nothing for a word that another model does not know', () => {
    expect(settingOf({ from: 'word', word: 'woolly' }, null, words)).toBeNull();
  });

  it('are chosen by letters and digits alike', () => {
    expect(['0', 'a', 'A', '1', 'b', '2', 'c', '3'].map(heardByKey)).toEqual([
      0, 1, 1, 1, 2, 2, 3, 3,
    ]);
    expect(['d', '4', 'Enter'].map(heardByKey)).toEqual([null, null, null]);
  });
});
