import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSafeCsv } from './parse-safe-csv';
import { syntheticCsv } from './synthetic';
import { countWords, defaultWords } from './words';

const parse = (text: string) => parseSafeCsv(new TextEncoder().encode(text), { synthetic: true });

describe('syntheticCsv', () => {
  it('is what public/sample.csv holds (if not: npx tsx scripts/make-sample.ts)', () => {
    const committed = readFileSync(new URL('../../public/sample.csv', import.meta.url), 'utf8');
    expect(committed === syntheticCsv()).toBe(true);
  });

  it.each([1, 2, 12345])('has eight trainable words and no bad row, with seed %i', async (seed) => {
    const data = await parse(syntheticCsv(seed));
    expect(data.rejectedTotal).toBe(0);
    expect(data.rows).toHaveLength(603);
    const counts = countWords(data);
    expect(defaultWords(counts, 5)).toEqual([
      'warm',
      'bright',
      'airy',
      'boomy',
      'muddy',
      'thin',
      'harsh',
      'full',
    ]);
    expect(counts.at(-1)?.word).toBe('warm, round');
    for (const { word, contributors } of counts.slice(0, 8)) {
      expect(contributors, word).toBeGreaterThanOrEqual(6);
    }
  });

  it('is as untidy as typed labels, says it is synthetic, and names no one', () => {
    const lines = syntheticCsv().trimEnd().split('\n');
    const labels = new Set(lines.map((line) => line.split(',')[1]));
    expect(labels.size).toBeGreaterThan(20);
    for (const line of lines) {
      expect(line).toMatch(/,(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+,[12],[12],/);
      expect(line).toMatch(/,synthetic,synthetic,,,,,[0-9a-f]{32}$/);
    }
  });

  it('gives words that a curve can tell apart: warm falls, bright rises', async () => {
    const { rows } = await parse(syntheticCsv());
    const tilt = (word: string): number => {
      const own = rows.filter((row) => row.word === word);
      const sum = own.reduce(
        (total, { setting }) => total + (setting[11] ?? 0) - (setting[0] ?? 0),
        0,
      );
      return sum / own.length;
    };
    expect(tilt('warm')).toBeLessThan(-4);
    expect(tilt('bright')).toBeGreaterThan(3);
  });
});
