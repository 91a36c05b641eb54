import { describe, expect, it } from 'vitest';
import { isAudioFile } from './audio-file';

describe('files to listen to', () => {
  it.each([
    ['take.wav', ''],
    ['Mix 3.FLAC', ''],
    ['noname', 'audio/mpeg'],
    ['voice.opus', 'application/ogg'],
  ])('%s, of type "%s", is one', (name, type) => {
    expect(isAudioFile({ name, type })).toBe(true);
  });

  it.each([
    ['SAFEEqualiserUserData.csv', 'text/csv'],
    ['model.safetensors', ''],
    ['wav.csv', ''],
    ['preset.txt', 'text/plain'],
  ])('%s, of type "%s", is none', (name, type) => {
    expect(isAudioFile({ name, type })).toBe(false);
  });
});
