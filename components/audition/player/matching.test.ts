import { expect, it } from 'vitest';
import { FLAT_SETTING } from '../../../src/eq/parameters';
import { Matching, type Measure } from './matching';

const LOW_SHELF = FLAT_SETTING.with(0, 6);

/** One second of silence at 100 Hz, matched by that. */
function matchingBy(measure: Measure): Matching {
  const matching = new Matching(measure);
  const material = {
    numberOfChannels: 1,
    sampleRate: 100,
    getChannelData: () => new Float32Array(100),
  };
  matching.listenTo(material, { startS: 0, endS: 1 });
  return matching;
}

it('a measurement that is given up leaves nothing, and the next one measures all', async () => {
  const asked: number[] = [];
  const matching = matchingBy((_, settings, signal) => {
    asked.push(settings.length);
    const figures = settings.map((setting) => ({
      integratedLufs: setting === null ? -20 : -17,
      truePeakDb: -12,
    }));
    if (asked.length > 1) return Promise.resolve(figures);
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('given up'));
      });
    });
  });
  const wanted = [null, LOW_SHELF];
  matching.giveUp();
  const first = matching.measure(wanted);
  expect(matching.measure(wanted)).toBe(first);
  matching.giveUp();
  await expect(first).rejects.toThrow('given up');
  expect([matching.running, matching.knows(wanted)]).toEqual([false, false]);

  await matching.measure(wanted);
  expect(asked).toEqual([2, 2]);
  expect(matching.gainOf(LOW_SHELF, wanted)?.gainLu).toBe(-3);
});
