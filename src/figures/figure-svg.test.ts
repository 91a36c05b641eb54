import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../eq/parameters';
import fc from '../testing/fast-check';
import { sampleModel } from '../testing/sample-model';
import { xmlTexts } from '../testing/xml';
import { epochFigure, logFigure, mapFigure, responseFigure } from './figure-svg';
import { LINE_COLOURS, LINE_DASHES, fitted, pointsOf, roughWidth } from './svg-parts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '"/><image href="http://example.org"/>',
  "' & ]]> <!-- &amp;",
  '\u0000\u000b\ufffe\ud800',
  '🎚️'.repeat(300),
];
const names = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '\u0001', '\udc00', 'a') }),
);
const anyNumber = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 0));

/** Every number in coordinates; fails on what is none. */
function coordinates(svg: string): number[] {
  const attributes = [...svg.matchAll(/ (?:d|x|y|width|height|viewBox|transform)="([^"]*)"/g)];
  expect(attributes.map(([, value]) => value).join(' ')).not.toMatch(/NaN|Infinity|undefined/);
  return attributes.flatMap(([, value = '']) => (value.match(/-?\d+(\.\d+)?/g) ?? []).map(Number));
}

function pathOf(svg: string, colour: string): string {
  return new RegExp(`<path d="([^"]*)" fill="none" stroke="${colour}"`).exec(svg)?.[1] ?? '';
}

describe('epochFigure', () => {
  const lines = [
    {
      name: 'Seed V1',
      points: [
        [1, 4],
        [2, 2],
        [3, 1],
      ] as const,
    },
    {
      name: 'Seed V2',
      points: [
        [1, 3],
        [2, 1.5],
      ] as const,
    },
  ];

  it('has titles, round ticks and a legend, sized for a column or a page', () => {
    const svg = epochFigure({ title: 'Losses', measure: 'Total loss', lines, width: 'column' });
    const texts = xmlTexts(svg);
    expect(texts).toEqual(expect.arrayContaining(['Epoch', 'Total loss', 'Seed V1', 'Seed V2']));
    // Epochs are whole.
    const [, , ...ticks] = texts.filter((text) => /^[\d.−]+$/.test(text));
    expect(texts).not.toContain('0.5');
    expect(ticks.length).toBeGreaterThan(3);
    expect(svg).toMatch(/^<svg [^>]*width="89mm"[^>]*viewBox="0 0 252.28 /);
    const page = epochFigure({ title: 'Losses', measure: 'Total loss', lines, width: 'page' });
    expect(page).toMatch(/ width="183mm"/);
    expect(svg).toContain('font-size="10"');
  });

  it('draws smaller losses lower, and later epochs further right', () => {
    const svg = epochFigure({ title: '', measure: '', lines, width: 'page' });
    const drawn =
      /d="([^"]*)" fill="none" stroke="#1a1a1a" stroke-width="1.4"/.exec(svg)?.[1] ?? '';
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = (drawn.match(/[\d.]+/g) ?? []).map(
      Number,
    );
    expect(x3 - x2).toBeCloseTo(x2 - x1, 1);
    expect(x2).toBeGreaterThan(x1);
    expect(y3).toBeGreaterThan(y2);
    // From 4 to 2 is twice as far as from 2 to 1.
    expect((y2 - y1) / (y3 - y2)).toBeCloseTo(2, 1);
  });

  it('has one line stand out, and dots where lines are marked', () => {
    const two = ['mine', 'other'].map((name, i) => ({
      name,
      points: [
        [1, 4],
        [2, 2 + i],
      ] as [number, number][],
      colour: i + 3,
      mark: [2, 2 + i] as [number, number],
    }));
    const svg = epochFigure({ title: '', measure: '', lines: two, width: 'page', lit: 'other' });
    xmlTexts(svg);
    // The other line, and its entry below.
    expect(svg.match(/<g opacity="0.25">/g)).toHaveLength(2);
    expect(svg).toMatch(/<g opacity="0.25"><path d="[^"]*" fill="none" stroke="#d970b0"/);
    expect(svg).toMatch(/stroke="#5a1e78" stroke-width="2.6"/);
    expect(svg.match(/ fill-opacity="0.75"/g)).toHaveLength(2);
    const plain = epochFigure({ title: '', measure: '', lines, width: 'page' });
    expect(plain).not.toContain('opacity');
  });

  it('is well-formed whatever the names, and has numbers for coordinates whatever the losses', () => {
    const line = fc.record({ name: names, points: fc.array(fc.tuple(fc.nat(50), anyNumber)) });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 9 }), names, (many, title) => {
        const svg = epochFigure({ title, measure: title, lines: many, width: 'column' });
        xmlTexts(svg);
        coordinates(svg);
      }),
    );
  });
});

describe('responseFigure', () => {
  it('goes from 20 Hz to 20 kHz, with a flat curve in the middle', () => {
    const curves = [{ name: 'flat', setting: FLAT_SETTING }];
    const svg = responseFigure({ title: 'warm', curves, width: 'page' });
    const texts = xmlTexts(svg);
    expect(texts).toEqual(expect.arrayContaining(['20', '20k', '−12', '12', 'Gain (dB)']));
    const drawn =
      /d="([^"]*)" fill="none" stroke="#1a1a1a" stroke-width="1.4"/.exec(svg)?.[1] ?? '';
    const values = (drawn.match(/[\d.]+/g) ?? []).map(Number);
    const heights = new Set(values.filter((_, i) => i % 2 === 1));
    expect(heights.size).toBe(1);
    const [zero] = [...svg.matchAll(/y="([\d.]+)" text-anchor="end">0</g)].map(([, y]) =>
      Number(y),
    );
    expect([...heights][0]).toBeCloseTo((zero ?? 0) - 3.5, 1);
  });

  it('puts each tenfold of the frequency equally far along, and the last at the edge', () => {
    const curves = [{ name: 'flat', setting: FLAT_SETTING }];
    const svg = responseFigure({ title: '', curves, width: 'page' });
    const at = (tick: string): number =>
      Number(new RegExp(`x="([\\d.]+)" [^>]*text-anchor="middle">${tick}<`).exec(svg)?.[1]);
    expect(at('2k') - at('200')).toBeCloseTo(at('200') - at('20'), 1);
    expect(at('20k') - at('2k')).toBeCloseTo(at('200') - at('20'), 1);
    const drawn =
      /d="([^"]*)" fill="none" stroke="#1a1a1a" stroke-width="1.4"/.exec(svg)?.[1] ?? '';
    const ends = (drawn.match(/[\d.]+/g) ?? []).map(Number);
    expect(ends[0]).toBeCloseTo(at('20'), 1);
    expect(ends.at(-2)).toBeCloseTo(at('20k'), 1);
    // As far from the edge of the paper as every figure's frame.
    expect(at('20k')).toBeCloseTo((183 * 72) / 25.4 - 12, 1);
  });

  it('is well-formed whatever the names and settings', () => {
    const curve = fc.record({
      name: names,
      setting: fc.array(anyNumber, { minLength: 13, maxLength: 13 }),
    });
    fc.assert(
      fc.property(fc.array(curve, { maxLength: 3 }), (curves) => {
        const svg = responseFigure({ title: '<&>', curves, width: 'column' });
        xmlTexts(svg);
        coordinates(svg);
      }),
      { numRuns: 30 },
    );
  });
});

describe('mapFigure', () => {
  const { map } = sampleModel();
  if (map === null) throw new Error('The sample has a map.');
  const words = ['bright', 'wärm'];
  const given = { title: 'Seed V2', map, words, ranking: words, width: 'column' } as const;

  it('fills what was learnt from, and leaves hollow what is held out', () => {
    const svg = mapFigure(given);
    expect(xmlTexts(svg)).toEqual(
      expect.arrayContaining(['bright', 'wärm', 'learnt from', 'held out']),
    );
    const [, bright, warm] = LINE_COLOURS;
    // Rows 0 and 4 are bright, row 2 is bright and held out; circles begin with one M each.
    const filled = new RegExp(`<path d="([^"]*)" fill="${bright}"`).exec(svg)?.[1] ?? '';
    expect(filled.match(/M/g)).toHaveLength(2);
    expect(pathOf(svg, bright).match(/M/g)).toHaveLength(1);
    expect(pathOf(svg, warm)).toBe('');
  });

  it('gives a word the same mark in every map of a comparison', () => {
    const alone = mapFigure({
      ...given,
      words: ['wärm'],
      map: { ...map, labels: Int32Array.of(0, 0, 0, 0, 0), heldOut: new Uint8Array(5) },
    });
    expect(alone).toContain(`fill="${LINE_COLOURS[2]}"`);
    expect(xmlTexts(alone)).not.toContain('bright');
  });

  it('counts the words that there are no marks for', () => {
    const many = Array.from({ length: 30 }, (_, i) => `word ${String(i)}`);
    const labels = Int32Array.from(many, (_, i) => i);
    const points = Float32Array.from({ length: 60 }, (_, i) => Math.sin(i));
    const texts = xmlTexts(
      mapFigure({
        ...given,
        words: many,
        ranking: many,
        map: { ...map, labels, points, heldOut: new Uint8Array(30) },
      }),
    );
    expect(texts).toContain('word 23');
    expect(texts).not.toContain('word 24');
    expect(texts).toContain('6 other words');
  });

  it('is well-formed whatever the words and points', () => {
    fc.assert(
      fc.property(fc.array(names, { minLength: 1 }), fc.array(anyNumber), (many, values) => {
        const rows = Math.floor(values.length / 2);
        const svg = mapFigure({
          ...given,
          words: many,
          ranking: [...new Set(many)],
          map: {
            ...map,
            points: Float32Array.from(values.slice(0, 2 * rows)),
            labels: Int32Array.from({ length: rows }, (_, i) => i % many.length),
            heldOut: Uint8Array.from({ length: rows }, (_, i) => i % 2),
          },
        });
        xmlTexts(svg);
        coordinates(svg);
      }),
    );
  });
});

describe('lines', () => {
  it('differ from their neighbours in lightness and in dashes', () => {
    expect(new Set(LINE_DASHES).size).toBe(LINE_COLOURS.length);
    LINE_COLOURS.forEach((colour, i) => {
      const next = LINE_COLOURS[(i + 1) % LINE_COLOURS.length] ?? '';
      expect(Math.abs(luma(colour) - luma(next))).toBeGreaterThan(40);
    });
  });

  it('have names that are cut where they would leave the figure', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 12, max: 300 }), (name, width) => {
        expect(roughWidth(fitted(name, width))).toBeLessThanOrEqual(width);
      }),
    );
    expect(fitted('warm', 100)).toBe('warm');
  });
});

/** Of 255; ITU-R BT.601. */
function luma(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[0-9a-f]{2}/g) ?? []).map((hex) =>
    parseInt(hex, 16),
  );
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

describe('logFigure', () => {
  const figureOf = (points: readonly (readonly [number, number])[]): string =>
    logFigure({
      title: 'Growth',
      along: { title: 'Rows', marks: [10, 100, 1000] },
      measure: 'Steps a second',
      lines: [{ name: 'a line', points }],
      width: 'column',
    });

  it('puts tenfold values at equal distances, on both axes', () => {
    const svg = figureOf([
      [10, 1000],
      [100, 100],
      [1000, 10],
    ]);
    expect(xmlTexts(svg)).toEqual(expect.arrayContaining(['10', '100', '1,000', 'Rows']));
    const path = pathOf(svg, LINE_COLOURS[0]);
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = (
      path.match(/-?\d+(\.\d+)?/g) ?? []
    ).map(Number);
    expect(x2 - x1).toBeCloseTo(x1 - x0, 1);
    expect(y2 - y1).toBeCloseTo(y1 - y0, 1);
    expect(x1).toBeGreaterThan(x0);
    expect(y1).toBeGreaterThan(y0);
  });

  it('leaves room for the last text below the level axis', () => {
    const text = '100,000,000';
    const marks = [1, 100_000_000];
    const along = { title: 'Rows', marks };
    const svg = logFigure({ title: 'Growth', along, measure: 'Steps', lines: [], width: 'column' });
    const [, x = '0'] = new RegExp(`<text x="([\\d.]+)"[^>]*>${text}<`).exec(svg) ?? [];
    expect(Number(x)).toBeGreaterThan(0);
    expect(Number(x) + roughWidth(text) / 2).toBeLessThanOrEqual(pointsOf('column'));
  });

  it('leaves out what a logarithm cannot show', () => {
    coordinates(
      figureOf([
        [10, 0],
        [100, NaN],
        [1000, -1],
      ]),
    );
  });
});
