import { describe, expect, it } from 'vitest';
import fc from '../../src/testing/fast-check';
import { renderedName } from './rendered-name';

describe('renderedName', () => {
  it.each([
    ['My song.mp3', 'warm', 'My-song-warm.wav'],
    ['v1.2 final.flac', '70 % warm / bright', 'v1.2-final-70-%-warm-bright.wav'],
    ['Pink noise', 'warm', 'Pink-noise-warm.wav'],
    ['my take 3.wav', 'mine, nearest five bands', 'my-take-3-mine-nearest-five-bands.wav'],
    ['../..', '..', 'rendered.wav'],
    ['歌.wav', '暖', '歌-暖.wav'],
  ])('of %s through %s is %s', (source, setting, wanted) => {
    expect(renderedName(source, setting)).toBe(wanted);
  });

  it('is a file name whatever there is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (source, setting) => {
        const name = renderedName(source, setting);
        expect(name).toMatch(/^[^.\\/\s][^\\/]*\.wav$|^[^.\\/\s]\.wav$/u);
      }),
    );
  });
});
