import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import { detectFormat } from './formats';
import { presetText } from './preset-text';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('presetText', () => {
  it('reads UTF-8 as it is', () => {
    expect(presetText(utf8('# wärm\r\n1\u00A0250'))).toBe('# wärm\r\n1\u00A0250');
    expect(presetText(new Uint8Array())).toBe('');
  });

  it('reads a line that is not UTF-8 as ANSI, and only that', () => {
    const bytes = Uint8Array.of(
      ...utf8('Notes:für\r\nFilter  1: ON  PK       Fc   1'),
      0xa0,
      ...utf8('250 Hz  Gain  -3,0 dB  Q  2,00\r\nEqualiser: Generic'),
    );
    const text = presetText(bytes);
    expect(text.split('\r\n')[0]).toBe('Notes:für');
    expect(detectFormat(text).read(text).filters).toEqual([
      { kind: 'bell', frequencyHz: 1250, gainDb: -3, q: 2 },
    ]);
  });

  it.each([
    ['UTF-16, low bytes first', [0xff, 0xfe, 0x50, 0]],
    ['UTF-16, high bytes first', [0xfe, 0xff, 0, 0x50]],
    ['UTF-16 without a mark', [0x50, 0, 0x72, 0]],
  ])('refuses %s by its name', (_, bytes) => {
    expect(() => presetText(Uint8Array.from(bytes))).toThrow(InputError);
    expect(() => presetText(Uint8Array.from(bytes))).toThrow('UTF-16');
  });
});
