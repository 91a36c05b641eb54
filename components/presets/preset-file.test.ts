import { describe, expect, it } from 'vitest';
import { isPresetFile } from './preset-file';

describe('a dropped file', () => {
  it.each<[string, string, boolean]>([
    ['Club.txt', 'Preamp: -3 dB\nFilter: ON PK Fc 300 Hz Gain 3 dB Q 1.5', true],
    ['rew.txt', 'Filter Settings file\n\nRoom EQ V5.31\nFilter  1: ON  PK  Fc 100 Hz', true],
    ['graph.txt', 'GraphicEQ: 20 -1; 100 2', true],
    ['easy.json', '{"output": {}}', true],
    ['camilla.yml', 'filters: {}', true],
    ['rows.txt', 'warm,0.1,300,1.2\nbright,2,400,1', false],
    ['rows.txt', 'descriptor\tfilter\twarm\n', false],
    ['rows.csv', 'Preamp: -3 dB', false],
    ['model.safetensors', 'Filter: ON', false],
  ])('%s that begins with %j: a preset? %s', async (name, text, expected) => {
    expect(await isPresetFile(new File([text], name))).toBe(expected);
  });
});
