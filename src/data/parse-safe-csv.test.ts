import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, FLAT_SETTING } from '../eq/parameters';
import { InputError } from '../base/input-error';
import { randomBits } from '../math/threefry';
import fc from '../testing/fast-check';
import { sharedFile } from '../testing/shared-files';
import { parseSafeCsv } from './parse-safe-csv';
import type { SafeData } from './rows';

const INITIAL = FLAT_SETTING.map(String);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (text: string): Promise<SafeData> => parseSafeCsv(utf8(text), { synthetic: false });

/** A row's 25 cells; `changes` by column from 0. */
function cells(changes: Record<number, string> = {}): string[] {
  const row = ['1', 'warm', '192.0.2.1', '2', '2', ...INITIAL, '', '', '', '', '', '', 'c0ffee'];
  return row.map((cell, column) => changes[column] ?? cell);
}
const row = (changes: Record<number, string> = {}): string => cells(changes).join(',');

/** The one rejection of a file that has a sound row as well. */
async function rejection(line: string): Promise<unknown> {
  const { rows, rejected, rejectedTotal } = await parse(`${row()}\n${line}\n`);
  expect(rows).toHaveLength(1);
  expect(rejectedTotal).toBe(1);
  return rejected[0];
}

async function failure(bytes: Uint8Array): Promise<string> {
  const error: unknown = await parseSafeCsv(bytes, { synthetic: false }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return error instanceof InputError ? error.message : '';
}

describe('parseSafeCsv', () => {
  it('reads words, settings, contributors by first appearance, and the hash', async () => {
    const text = [
      row({ 2: '198.51.100.9', 5: '-3.5', 6: '1e2' }),
      row({ 1: '  Very   BRIGHT\t' }),
      row({ 2: ' 198.51.100.9 ' }),
    ].join('\n');
    const data = await parse(text);
    expect(data.rows.map(({ line, word, contributor }) => [line, word, contributor])).toEqual([
      [1, 'warm', 1],
      [2, 'very bright', 2],
      [3, 'warm', 1],
    ]);
    expect(data.rows[0]?.setting.slice(0, 2)).toEqual([-3.5, 100]);
    expect(data.rows[1]?.setting).toEqual(FLAT_SETTING);
    expect(data).toMatchObject({ rejected: [], rejectedTotal: 0, synthetic: false });
  });

  it('counts how many rows fill each personal column, and keeps nothing of them', async () => {
    const text = [
      row({ 21: 'canary', 22: ' ' }),
      row({ 2: '', 20: 'canary', 21: 'canary' }),
      row({ 5: 'loud', 23: 'canary' }),
    ].join('\n');
    const data = await parse(text);
    expect(data.personal).toEqual([
      { column: 3, rows: 1 },
      { column: 21, rows: 1 },
      { column: 22, rows: 2 },
      { column: 23, rows: 0 },
      { column: 24, rows: 0 },
    ]);
    expect(JSON.stringify(data)).not.toMatch(/canary|192\.0\.2/);
  });

  it('hashes the original bytes, byte order mark and all', async () => {
    const bytes = utf8(`\ufeff${row()}`);
    const { createHash } = await import('node:crypto');
    const { sha256, rows } = await parseSafeCsv(bytes, { synthetic: true });
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(rows).toHaveLength(1);
  });

  it('counts physical lines through quoted commas, quoted line breaks, blanks and any line end', async () => {
    const text = [
      row({ 18: '"pop, rock"' }),
      '\r\n',
      row({ 18: '"one\r\ntwo\nthree"' }),
      '\n',
      '  \n\r\n\n',
      row({ 1: '"thick, ""clear"""' }),
      '\r',
      row({ 5: 'loud' }),
    ].join('');
    const { rows, rejected } = await parse(text);
    expect(rows.map(({ line, word }) => [line, word])).toEqual([
      [1, 'warm'],
      [2, 'warm'],
      [8, 'thick, "clear"'],
    ]);
    expect(rejected.map(({ line }) => line)).toEqual([9]);
  });

  it.each([
    [
      'missing columns',
      cells().slice(1).join(','),
      null,
      'The row has 24 columns where 25 are expected.',
    ],
    ['extra columns', `${row()},x`, null, 'The row has 26 columns where 25 are expected.'],
    ['an empty label', row({ 1: ' \t ' }), 2, 'The label is empty.'],
    [
      'a label too long for a model file',
      row({ 1: 'w'.repeat(201) }),
      2,
      'The label is longer than 200 characters.',
    ],
    [
      'a label of too much white space, which could become a word as it is written',
      row({ 1: `warm${' '.repeat(200)}` }),
      2,
      'The label is longer than 200 characters.',
    ],
    ['control characters', row({ 1: 'wa\u0007rm' }), 2, 'The label holds control characters.'],
    [
      'an address as label',
      row({ 1: '192.0.2.1' }),
      2,
      'The label looks like a network address, so the columns may have slipped.',
    ],
    [
      'a v6 address as label',
      row({ 1: '2001:DB8::1' }),
      2,
      'The label looks like a network address, so the columns may have slipped.',
    ],
    ['an empty parameter', row({ 5: '' }), 6, 'The low shelf gain is empty.'],
    ['text for a parameter', row({ 8: '192.0.2.1' }), 9, 'The bell 1 frequency is not a number.'],
    ['hexadecimal', row({ 8: '0x1F4' }), 9, 'The bell 1 frequency is not a number.'],
    ['NaN', row({ 9: 'NaN' }), 10, 'The bell 1 Q is not a number.'],
    ['infinity', row({ 16: '-Infinity' }), 17, 'The high shelf gain is infinite.'],
    ['a number past float64', row({ 17: '1e999' }), 18, 'The high shelf frequency is infinite.'],
    [
      'a gain out of bounds',
      row({ 5: '-12.02' }),
      6,
      'The low shelf gain is −12.02 dB, outside −12 to 12 dB.',
    ],
    [
      'a frequency out of bounds',
      row({ 17: '1600000' }),
      18,
      'The high shelf frequency is 1600000 Hz, outside 580 to 20000 Hz.',
    ],
    ['a Q out of bounds', row({ 12: '0' }), 13, 'The bell 2 Q is 0, outside 0.1 to 10.'],
    [
      'a header in mid-file',
      row(Object.fromEntries(INITIAL.map((_, i) => [i + 5, 'name']))),
      6,
      'The low shelf gain is not a number.',
    ],
    [
      'a quote that goes on after its end',
      row({ 18: '"rock"n roll"' }),
      null,
      'The row has a quote that is not closed or not escaped.',
    ],
  ])('rejects %s', async (_, line, column, reason) => {
    expect(await rejection(line)).toEqual({ line: 2, column, reason });
  });

  it('moves values that are a rounding past a bound onto it', async () => {
    const { rows } = await parse(row({ 5: '-12.0005', 9: '0.09999999', 17: '20000.01' }));
    expect(rows[0]?.setting[0]).toBe(-12);
    expect(rows[0]?.setting[4]).toBe(0.1);
    expect(rows[0]?.setting[12]).toBe(20_000);
  });

  it('names a header as what it is', async () => {
    const header = cells().map((_, i) => `column ${String(i)}`);
    const { rows, rejected, reading } = await parse(`${header.join(',')}\n${row()}`);
    expect(rows.map(({ line }) => line)).toEqual([2]);
    expect(rejected).toEqual([]);
    expect(reading?.notes).toEqual(['Read with a header line.']);
  });

  it('does not take a first row of NaNs for a header', async () => {
    const nans = row(Object.fromEntries(INITIAL.map((_, i) => [i + 5, 'NaN'])));
    const { rejected } = await parse(`${nans}\n${row()}`);
    expect(rejected[0]?.column).toBe(6);
  });

  it('loses one line, not the file, to a quote that is never closed', async () => {
    const text = [row(), row({ 1: '"bass' }), row({ 1: '"thin, cold"' }), row(), row()].join('\n');
    const { rows, rejected } = await parse(text);
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 4, 5]);
    expect(rejected).toEqual([
      { line: 2, column: null, reason: 'The row has a quote that is not closed or not escaped.' },
    ]);
  });

  it('spoils only the label that is not UTF-8, in a file that is otherwise', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${row({ 18: 'bossa nova à la café' })}\n`, 'utf8'),
      Buffer.from(row({ 1: 'résonant' }), 'latin1'),
    ]);
    const { rows, rejected } = await parseSafeCsv(bytes, { synthetic: false });
    expect(rows.map(({ line }) => line)).toEqual([1]);
    const reason = 'The label is not valid UTF-8; save the file as UTF-8.';
    expect(rejected).toEqual([{ line: 2, column: 2, reason }]);
  });

  it('reads what a spreadsheet on Windows saved in its code page', async () => {
    const text = `${row({ 1: 'résonant' })}\n${row({ 1: 'w\xe4rm' })}`;
    const { rows, rejected, reading } = await parseSafeCsv(Buffer.from(text, 'latin1'), {
      synthetic: false,
    });
    expect(rows.map(({ word }) => word)).toEqual(['résonant', 'wärm']);
    expect(rejected).toEqual([]);
    expect(reading?.notes).toEqual(['Read in the code page of Windows (1252).']);
    // The sign for what cannot be decoded is UTF-8 itself.
    await expect(parse(row({ 1: 'a\ufffd' }))).rejects.toThrow('is not valid UTF-8');
  });

  it('treats composed and decomposed accents as one word', async () => {
    const { rows } = await parse(`${row({ 1: 'caf\u00e9' })}\n${row({ 1: 'cafe\u0301' })}`);
    expect(new Set(rows.map(({ word }) => word)).size).toBe(1);
  });
});

describe('files that are no use as a whole', () => {
  it.each([
    ['an empty file', '', 'The file is empty: it holds no rows.'],
    ['a lone byte order mark', '\ufeff', 'The file is empty: it holds no rows.'],
    ['blank lines', '\r\n \n\n', 'The file is empty: it holds no rows.'],
    [
      'a sentence',
      'Dear Sir, or Madam',
      'The one row cannot be used; line 1: The row has 2 columns where 25 are expected. Cells may be separated by commas, semicolons, tabs or vertical bars.',
    ],
    [
      'cells that something else separates',
      `${row().replaceAll(',', '^')}\n${row().replaceAll(',', '^')}`,
      'None of the 2 rows can be used; line 1: The row has 1 column where 25 are expected. Cells may be separated by commas, semicolons, tabs or vertical bars.',
    ],
    [
      'decimal commas between commas',
      `${row({ 5: '1,5', 6: '99,5' })}\n${row({ 5: '2,5', 6: '98,5' })}`,
      'None of the 2 rows can be used; line 1: The row has 27 columns where 25 are expected. Where its decimals have commas, its cells need another separator: save it with semicolons.',
    ],
    [
      'names of columns alone',
      'word,low shelf gain,low shelf frequency\n',
      'The file has no row below its header line.',
    ],
    [
      'rows that all fail',
      `${row({ 5: 'x' })}\n${row({ 6: 'x' })}`,
      'None of the 2 rows can be used; line 1, column 6: The low shelf gain is not a number.',
    ],
    [
      'a header and rows that fail',
      `${cells()
        .map(() => 'h')
        .join(',')}\n${row({ 6: 'x' })}`,
      'The one row cannot be used; line 2, column 7: The low shelf frequency is not a number.',
    ],
  ])('answers %s with one sentence', async (_, text, message) => {
    expect(await failure(utf8(text))).toBe(message);
  });

  it('answers UTF-32 with one sentence', async () => {
    const units = (order: (unit: Buffer) => Buffer): Buffer =>
      Buffer.concat(
        Array.from(`\ufeff${row()}`, (letter) => {
          const unit = Buffer.alloc(4);
          unit.writeUInt32LE(letter.codePointAt(0) ?? 0);
          return order(unit);
        }),
      );
    for (const bytes of [units((unit) => unit), units((unit) => unit.swap32())]) {
      expect(await failure(bytes)).toBe('The file is encoded as UTF-32; save it as UTF-8.');
    }
  });

  it('answers binary files with one sentence', async () => {
    expect(await failure(Uint8Array.from([80, 75, 9, 4, 0, 20, 8, 8]))).toBe(
      'The file is neither UTF-8 nor UTF-16 text: byte 5 is zero, as in binary files; save it as CSV.',
    );
  });

  it('looks into a file of the size of 500,000 rows, and refuses a file that would take more memory than can be counted on', async () => {
    // The first byte is looked at before the rest is: a file that is small enough is no text here.
    expect(await failure(new Uint8Array(80_200_000))).toContain('byte 1 is zero');
    expect(await failure(new Uint8Array(89 * 2 ** 20 + 2 ** 19))).toBe(
      'The file has 89.5 MB, and to train on it would take about 2.0 GB of memory; at most 89 MB (2 GB of memory) can be read, so leave rows out.',
    );
  });

  const size = 10 * 2 ** 20;
  const noise = (from: number, values: number): Uint8Array =>
    Uint8Array.from({ length: size }, (_, i) => from + (randomBits(1, 99, 0, i) % values));
  it.each([
    ['binary', () => noise(0, 256)],
    ['bytes without a zero', () => noise(1, 255)],
    ['printable', () => noise(32, 95)],
    ['line breaks', () => utf8('\n'.repeat(size))],
    ['commas', () => utf8(','.repeat(size))],
    ['quotes that never close', () => utf8('"a\n'.repeat(size / 3))],
    ['quotes in mid-field', () => utf8('x,"y" z"\n'.repeat(size / 10))],
  ])('answers 10 MB of noise soon: %s', async (_, make) => {
    const bytes = make();
    // The process's own time, 0.1 to 2.7 s: the machine may be busy with other tests.
    const start = process.cpuUsage();
    const message = await failure(bytes);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(8);
    expect(message.length).toBeLessThan(200);
  });

  it('lists the first 1,000 rejections of a noisy file and counts the rest', async () => {
    const { rows, rejected, rejectedTotal } = await parse(`${row()}\n${'a,b\n'.repeat(50_000)}`);
    expect(rows).toHaveLength(1);
    expect(rejected).toHaveLength(1000);
    expect(rejected[999]?.line).toBe(1001);
    expect(rejectedTotal).toBe(50_000);
  });
});

describe('foreign input', () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  const personal = fc.constantFrom('Sheffield', '17 years', 'Walloon', 'x"y', '');
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('', '"', '""', 'NaN', 'inf', '-0', '1e400', '12.01', '\r\n', ',', '\u2028'),
    fc.double().map(String),
  );
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

  it('throws nothing but InputError, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ max: 255, maxLength: 400 }),
          fc
            .array(fc.array(cell, { minLength: 23, maxLength: 26 }), { maxLength: 6 })
            .map((lines) => utf8(lines.map((line) => line.join(',')).join('\n'))),
        ),
        async (bytes) => {
          const data = await parseSafeCsv(bytes, { synthetic: false }).catch((error: unknown) => {
            expect(error).toBeInstanceOf(InputError);
            return null;
          });
          for (const { setting } of data?.rows ?? []) {
            EQ_PARAMETERS.forEach(({ min, max }, i) => {
              expect(setting[i]).toBeGreaterThanOrEqual(min);
              expect(setting[i]).toBeLessThanOrEqual(max);
            });
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps no address and no personal cell, even of rows whose columns have slipped', async () => {
    const slipped = fc
      .record({
        address,
        people: fc.tuple(personal, personal, personal, personal),
        word: fc.constantFrom('warm', 'Bright', ''),
        odd: fc.option(fc.tuple(fc.integer({ min: 3, max: 24 }), cell)),
        from: fc.integer({ min: 0, max: 24 }),
        slip: fc.constantFrom('none', 'none', 'lost', 'doubled', 'moved'),
      })
      .map(({ address, people, word, odd, from, slip }) => {
        const row = cells({ 1: word, 2: address, ...(odd === null ? {} : { [odd[0]]: odd[1] }) });
        row.splice(20, 4, ...people);
        if (slip === 'lost') row.splice(from, 1);
        if (slip === 'doubled') row.splice(from, 0, row[from] ?? '');
        // One cell too few before the address and one too many after it: 25 all the same.
        if (slip === 'moved') row.push(row.shift() ?? '');
        return { address, people, line: row.map(quote).join(',') };
      });
    await fc.assert(
      fc.asyncProperty(fc.array(slipped, { minLength: 1, maxLength: 8 }), async (made) => {
        const text = [...made.map(({ line }) => line), row({ 2: '203.0.113.250' })].join('\r\n');
        const kept = JSON.stringify(await parse(text)).toLowerCase();
        for (const { address, people } of made) {
          expect(kept).not.toContain(address.toLowerCase());
          for (const cell of people) {
            if (cell !== '') expect(kept).not.toContain(cell.toLowerCase());
          }
        }
        expect(kept).not.toContain('203.0.113.250');
      }),
      { numRuns: 300 },
    );
  });

  it('puts no address into the sentence for a hopeless file', async () => {
    await fc.assert(
      fc.asyncProperty(address, fc.integer({ min: 0, max: 24 }), async (address, at) => {
        // Every row has the address in a place where it cannot pass.
        const text = row({ [at]: address, 1: address });
        expect((await failure(utf8(text))).toLowerCase()).not.toContain(address.toLowerCase());
      }),
    );
  });
});

const realFile = sharedFile('data/SAFEEqualiserUserData.csv');

describe('the real data set', () => {
  it.skipIf(realFile === null)(
    'reads wholly and soon (needs ../shared/data/SAFEEqualiserUserData.csv)',
    async () => {
      const bytes = readFileSync(realFile ?? '');
      await parseSafeCsv(bytes, { synthetic: false });
      const start = process.cpuUsage();
      const data = await parseSafeCsv(bytes, { synthetic: false });
      // About 0.05 s.
      expect(process.cpuUsage(start).user / 1e6).toBeLessThan(1);
      expect(data.rows).toHaveLength(1700);
      expect(data.rejectedTotal).toBe(0);
      expect(data.rows.map(({ line }) => line)).toEqual(
        Array.from({ length: 1700 }, (_, i) => i + 1),
      );
      expect(new Set(data.rows.map(({ word }) => word)).size).toBe(328);
      expect(new Set(data.rows.map(({ contributor }) => contributor)).size).toBe(148);
      // Counted apart, on the file: rows whose low shelf is at its lower rail.
      expect(data.rows.filter(({ setting }) => setting[0] === -12)).toHaveLength(418);
      const kept = JSON.stringify(data);
      expect(kept).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
    },
  );
});

describe('how far the reading is', () => {
  const long = Array.from({ length: 4000 }, (_, i) => row({ 0: String(i + 1) })).join('\n');

  it('is said from 0 to 1, and never less than before', async () => {
    const shares: number[] = [];
    await parseSafeCsv(utf8(long), { synthetic: false }, (share) => {
      shares.push(share);
      return Promise.resolve();
    });
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(new Set(shares).size).toBeGreaterThan(3);
  });

  it('is waited for, and its error ends the reading', async () => {
    const shares: number[] = [];
    const cancelled = new Error('cancelled');
    const reading = parseSafeCsv(utf8(long), { synthetic: false }, async (share) => {
      await Promise.resolve();
      shares.push(share);
      if (share > 0) throw cancelled;
    });
    await expect(reading).rejects.toBe(cancelled);
    expect(shares).toHaveLength(2);
  });

  it('leaves lines numbered as they are, stray quotes and quoted line breaks among them', async () => {
    const lines: string[] = [];
    const expected: { words: number[]; rejected: number[] } = { words: [], rejected: [] };
    for (let record = 0; record < 4000; record++) {
      const line = lines.length + 1;
      if (record % 97 === 3) {
        lines.push(row({ 1: '"warm' }));
        expected.rejected.push(line);
        continue;
      }
      lines.push(...row(record % 89 === 5 ? { 1: '"warm\nand"' } : {}).split('\n'));
      expected.words.push(line);
    }
    const { rows, rejected } = await parse(lines.join('\n'));
    expect(rows.map(({ line }) => line)).toEqual(expected.words);
    expect(rejected.map(({ line }) => line)).toEqual(expected.rejected);
  });
});
