import { describe, expect } from 'vitest';
import { InputError } from '../base/input-error';
import { EQ_PARAMETERS } from '../eq/parameters';
import { damaged, fuzz } from '../testing/fuzz';
import { auditData } from './audit/audit';
import { ColumnsNeeded } from './column-mapping';
import { parseSafeCsv } from './parse-safe-csv';
import { syntheticCsv } from './synthetic';

const rows = syntheticCsv()
  .trimEnd()
  .split('\n')
  .slice(0, 12)
  .map((line) => line.split(','));
const written = (cells: readonly (readonly string[])[], between: string): Buffer =>
  Buffer.from(cells.map((row) => row.join(between)).join('\r\n'));

const german = rows.map((row) => row.map((cell) => cell.replace('.', ',')));
const quoted = rows.map((row) => row.map((cell) => `"${cell}"`));
const own = [
  ['word', 'user', 'low shelf gain', 'low shelf freq', 'bell 1 gain'],
  ...rows.map((row) => [row[1], row[2], ...row.slice(5, 8)].map(String)),
];
const bands = Array.from({ length: 40 }, (_, i) => `RSC_${String(20 + 400 * i)}Hz_band`);
const socialFx = [
  ['id', 'descriptor', 'ratings', ...bands],
  ...rows
    .slice(0, 3)
    .map((row, line) => [
      String(line),
      line === 0 ? 'Español' : 'English',
      String(row[1]),
      '0.5',
      ...bands.map((_, i) => String(Math.sin(i * (line + 1)))),
    ]),
];

const files = [
  written(rows, ','),
  written(quoted, ','),
  written(german, ';'),
  written(rows, '\t'),
  Buffer.from(`\uFEFF${written(rows, '\t').toString()}`, 'utf16le'),
  written(own, ','),
  written(socialFx, ','),
];

describe('the reader of data files', () => {
  fuzz('data files', damaged(...files), async (bytes) => {
    const data = await parseSafeCsv(bytes, { synthetic: false }).catch(async (error: unknown) => {
      if (!(error instanceof ColumnsNeeded)) throw error;
      const { guess } = error;
      if (guess.word === null) throw new InputError('There is no column of words.');
      return parseSafeCsv(bytes, { synthetic: false, mapping: { ...guess, word: guess.word } });
    });
    expect(data.rows.length).toBeGreaterThan(0);
    for (const { word, label = word, setting } of data.rows) {
      expect(`${word}${label}`).toMatch(/^\P{Cc}+$/u);
      expect(word.length).toBeLessThanOrEqual(200);
      EQ_PARAMETERS.forEach(({ min, max }, i) => {
        const value = setting[i] ?? NaN;
        if (!(value >= min && value <= max)) throw new Error(`${String(value)} is out of bounds.`);
      });
    }
    auditData(data);
  });
});
