/** Texts of any kind: each is refused by a sentence, or gives numbers that can be worked with. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import fc from '../testing/fast-check';
import { readApoConfig } from './apo-config';
import { comparisonGrid, curveOfPreset } from './deviation';
import { PRESET_FORMATS } from './formats';
import { filterFault, isLevel } from './preset';
import { presetText } from './preset-text';

/** How many texts are tried by each test; an own, longer run may say more. */
const RUNS = Number(process.env.FUZZ_COUNT ?? 300);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

const numbers = fc.oneof(
  fc.double().map(String),
  fc.constantFrom('1000', '1e-320', '-1', '0', '1e308', '9,5', '1.000', '.', '-', 'e', 'NaN', '99'),
);
const words = fc.oneof(
  numbers,
  fc.constantFrom(
    ...[
      'ON',
      'OFF',
      'On',
      'PK',
      'LS Q',
      'LSC',
      'HP',
      'NO',
      'IIR',
      'None',
      'all',
      'L',
      'R',
      'capture',
    ],
    ...['Fc', 'Hz', 'H z', 'Gain', 'dB', 'Q', 'BW Oct', ';', '`', 'a.txt', '12dB', '\u00A0'],
  ),
  fc
    .tuple(numbers, numbers, numbers)
    .map(([hz, db, q]) => `ON PK Fc ${hz} Hz Gain ${db} dB Q ${q}`),
  fc.tuple(numbers, numbers).map(([hz, db]) => `20 0; ${hz} ${db}; 30000 1`),
);
const commands = fc.constantFrom(
  ...['Filter', 'Filter 1', 'Filter left', 'filter', 'Preamp', 'GraphicEQ', 'Device', 'Stage'],
  ...[
    'Channel',
    'If',
    'ElseIf',
    'Else',
    'EndIf',
    'Include',
    'Eval',
    'Copy',
    'Delay',
    'Convolution',
  ],
  ...['VSTPlugin', 'LoudnessCorrection', '#', 'Other', ' Filter #2 '],
);
const configLines = fc
  .tuple(commands, fc.array(words, { maxLength: 8 }), fc.constantFrom(':', ':', ':', ''))
  .map(([command, parameters, colon]) => `${command}${colon} ${parameters.join(' ')}`);
const configs = fc.array(configLines, { minLength: 1, maxLength: 14 });

describe('any text', () => {
  it('of a configuration is refused, or gives finite numbers within bounds', () => {
    const grid = comparisonGrid(48_000, 64);
    let read = 0;
    fc.assert(
      fc.property(configs, fc.constantFrom('apo', 'rew'), fc.boolean(), (lines, dialect, more) => {
        const text = [...(more ? ['Filter: ON PK Fc 50 Hz Gain 1 dB Q 1'] : []), ...lines].join(
          '\n',
        );
        try {
          const preset = readApoConfig(text, dialect);
          read++;
          expect(preset.filters.map(filterFault).filter((fault) => fault !== null)).toEqual([]);
          expect(preset.curve.every(({ gainDb }) => isLevel(gainDb))).toBe(true);
          expect(isLevel(preset.preampDb)).toBe(true);
          expect(curveOfPreset(preset, grid).every(Number.isFinite)).toBe(true);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.message).toMatch(/^[^\n]{10,2000}\.$/);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    console.info(`${String(RUNS)} configurations were tried, ${String(read)} of them read.`);
    expect(read).toBeGreaterThan(RUNS / 20);
  });

  it('has every line that says something applied or named', () => {
    fc.assert(
      fc.property(configs, (lines) => {
        // A filter that is surely read, so that the notes of all else are given.
        const text = ['Filter: ON PK Fc 50 Hz Gain 1 dB Q 1', ...lines].join('\n');
        let preset;
        try {
          preset = readApoConfig(text, 'apo');
        } catch (error) {
          if (error instanceof InputError) return;
          throw error;
        }
        const named = new Set(preset.notes.flatMap(numbersIn));
        const plain = lines.filter((line, i) => {
          if (named.has(i + 2)) return false;
          return /^ ?Filter/.test(line);
        });
        expect(preset.filters.length + preset.off).toBe(1 + plain.length);
        const others = lines.filter(
          (line, i) =>
            !named.has(i + 2) && /^(Include|Eval|Copy|Delay|Conv|VST|Loud|Other|filter)/.test(line),
        );
        expect(others).toEqual([]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it.each(PRESET_FORMATS.map((format) => [format.key, format] as const))(
    'read as %s, and any bytes, is refused by a sentence or read',
    (_, format) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
          try {
            const { filters, preampDb } = format.read(presetText(bytes));
            expect(filters.map(filterFault).filter((fault) => fault !== null)).toEqual([]);
            expect(isLevel(preampDb)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
  );
});

/** Numbers of lines in a note: "Lines 3, 5 to 7 and 9: …, so lines 10 and 11 were left aside." */
function numbersIn(note: string): readonly number[] {
  const lists = [...note.matchAll(/\blines? ((?:\d+(?: to \d+)?(?:, | and )?)+)/gi)];
  return lists.flatMap(([, list = '']) =>
    [...list.matchAll(/(\d+)(?: to (\d+))?/g)].flatMap(([, from, to = from]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => Number(from) + i),
    ),
  );
}

describe('very many filters', () => {
  it('have a finite curve', () => {
    const loud = 'Filter: ON PK Fc 1000 Hz Gain 100 dB Q 0.1\n'.repeat(600);
    const curve = curveOfPreset(readApoConfig(loud, 'apo'), comparisonGrid(48_000));
    expect(curve.every(Number.isFinite)).toBe(true);
    expect(Math.max(...curve)).toBeGreaterThan(59_000);
  });
});
