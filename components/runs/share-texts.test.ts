import encodeQR from 'qr';
import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { encodeEqLink } from '../../src/share/eq-link';
import { costText, cutText } from './share-texts';

const made = {
  bitsPerWeight: 2.228,
  cost: { responseErrorDb: { before: 0.383, after: 0.4321 }, wordCurvesDb: 0.0185 },
  measuredOn: 'held-out rows',
  measured: 213,
  words: 10,
} as const;

describe('what is said of a link', () => {
  it('names what its bits cost, and on what that was measured', () => {
    expect(costText(made)).toBe(
      'Each weight takes 2.2 bits. The response error grows by 0.049 dB to 0.43 dB (213 held-out rows of the loaded data). No curve of its 10 words moves by more than 0.018 dB.',
    );
    const cost = { responseErrorDb: { before: 3, after: 2.99 }, wordCurvesDb: 0 };
    expect(costText({ ...made, cost, measuredOn: 'made-up settings', words: 0 })).toBe(
      'Each weight takes 2.2 bits. The response error does not grow (213 made-up settings, since no data with its words are loaded). It does not say where its words lie, so none could be compared.',
    );
  });

  it('names who cuts it', () => {
    expect(cutText(150)).toBe('It fits into any message.');
    expect(cutText(2000)).toBe('It fits into any message.');
    expect(cutText(4096)).toContain('in Discord (2,000); mail');
    expect(cutText(57_353)).toContain('Discord (2,000), Telegram (4,096), or Slack (40,000); mail');
    expect(cutText(57_353)).not.toContain('Firefox');
    expect(cutText(92_174)).toContain('Firefox opens it');
  });
});

describe('the QR code of a link to an EQ', () => {
  it('is read as the link', () => {
    const name = 'warm at 150 %'.repeat(6);
    const address = `https://example.org/warmbright/#${encodeEqLink({ name, setting: FLAT_SETTING })}`;
    const rows = encodeQR(address, 'raw', { ecc: 'medium', border: 4 });
    const scale = 4;
    const width = rows.length * scale;
    const data = new Uint8ClampedArray(width * width * 4).map((_, i) => {
      const [x, y] = [Math.floor(i / 4) % width, Math.floor(i / 4 / width)];
      if (i % 4 === 3) return 255;
      return rows[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true ? 0 : 255;
    });
    expect(decodeQR({ width, height: width, data })).toBe(address);
  });
});
