/**
 * The project's own sample: a made-up data set in the shape of a SAFE-DB file, from a seed.
 *
 * Nothing in it was given by a person. Each word has one or two typical curves, each made-up
 * contributor a taste of their own, and labels are as untidy as typed ones.
 */
import { EQ_PARAMETERS, type ParameterKind } from '../eq/parameters';
import { randomUniform, Stream } from '../math/threefry';

/** A typical curve: gain in dB and frequency in Hz of the five bands, and Q of the bells. */
interface TypicalCurve {
  readonly gains: readonly [number, number, number, number, number];
  readonly frequencies: readonly [number, number, number, number, number];
  readonly q: number;
}

interface SampleWord {
  readonly word: string;
  readonly rows: number;
  readonly curves: readonly TypicalCurve[];
}

const SAMPLE_WORDS: readonly SampleWord[] = [
  {
    word: 'warm',
    rows: 150,
    curves: [
      { gains: [4, 5, 1, -1, -4], frequencies: [140, 280, 850, 3000, 7500], q: 0.6 },
      { gains: [1, 3, -2, -4, -8], frequencies: [200, 400, 1400, 3800, 6000], q: 0.8 },
    ],
  },
  {
    word: 'bright',
    rows: 140,
    curves: [
      { gains: [-4, -2, 0, 4, 6], frequencies: [160, 500, 1200, 4200, 8500], q: 0.7 },
      { gains: [0, -1, 2, 6, 2], frequencies: [120, 700, 2200, 5500, 12000], q: 1.1 },
    ],
  },
  {
    word: 'airy',
    rows: 60,
    curves: [{ gains: [-5, -3, -1, 1, 8], frequencies: [180, 450, 1500, 6500, 11500], q: 0.5 }],
  },
  {
    word: 'boomy',
    rows: 60,
    curves: [{ gains: [9, 5, -3, -2, -3], frequencies: [95, 130, 900, 2600, 6500], q: 1.4 }],
  },
  {
    word: 'muddy',
    rows: 55,
    curves: [{ gains: [2, 8, 4, -6, -9], frequencies: [110, 310, 560, 2400, 5200], q: 1 }],
  },
  {
    word: 'thin',
    rows: 50,
    curves: [{ gains: [-11, -7, -1, 3, 2], frequencies: [320, 420, 1100, 3200, 9000], q: 0.7 }],
  },
  {
    word: 'harsh',
    rows: 45,
    curves: [{ gains: [-3, -2, 5, 10, 4], frequencies: [130, 600, 2300, 3600, 7000], q: 2.2 }],
  },
  {
    word: 'full',
    rows: 40,
    curves: [{ gains: [6, 3, 2, 1, 2], frequencies: [170, 240, 1000, 2800, 9500], q: 0.5 }],
  },
  // Too rare to train on, as most labels are; the comma needs quoting.
  {
    word: 'warm, round',
    rows: 3,
    curves: [{ gains: [3, 4, 0, -2, -5], frequencies: [150, 300, 900, 3100, 7000], q: 0.6 }],
  },
];

const CONTRIBUTORS = 36;

/** Steps of the sample's random stream that are not rows. */
const CONTRIBUTOR_STEP = 1_000_000;
const SESSION_STEP = 2_000_000;

/** The blocks set aside for documentation by RFC 5737: no one's addresses. */
const DOCUMENTATION_BLOCKS = ['192.0.2', '198.51.100', '203.0.113'] as const;

interface Contributor {
  readonly address: string;
  /** Times the typical gains. */
  readonly boldness: number;
  /** Octaves added to every frequency. */
  readonly shift: number;
  /** Share of sessions is proportional to this: a few people give most rows. */
  readonly keenness: number;
}

type Draw = () => number;

/**
 * The sample as CSV text: 25 columns, no header, lines end in LF.
 *
 * @param seed an unsigned 32-bit integer; the file in public/ is the default's
 */
export function syntheticCsv(seed = 1): string {
  const contributors = Array.from({ length: CONTRIBUTORS }, (_, i) => makeContributor(seed, i));
  const lines: string[] = [];
  for (const { sample, contributor } of makeSessions(seed, contributors)) {
    const id = lines.length + 1;
    const draw = drawer(seed, id);
    const settings = makeSetting(sample, contributor, draw).map(String);
    const channels = draw() < 0.5 ? '1' : '2';
    const cells = [
      ...[String(id), untidy(sample.word, draw), contributor.address, channels, channels],
      ...settings,
      ...['synthetic', 'synthetic', '', '', '', ''],
      checksum(draw),
    ];
    lines.push(cells.map(quoted).join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** Uniform numbers in [0, 1), one after the other, at one step of the sample's stream. */
function drawer(seed: number, step: number): Draw {
  let index = 0;
  return () => randomUniform(seed, Stream.sample, step, index++);
}

/** Near enough normal: mean 0, standard deviation 1, never past ±3 (Irwin–Hall with 3 draws). */
function normal(draw: Draw): number {
  return 2 * (draw() + draw() + draw()) - 3;
}

function makeContributor(seed: number, index: number): Contributor {
  const draw = drawer(seed, CONTRIBUTOR_STEP + index);
  const block = DOCUMENTATION_BLOCKS[index % DOCUMENTATION_BLOCKS.length] ?? '';
  return {
    address: `${block}.${String(10 + index)}`,
    boldness: Math.max(0.3, 1 + 0.25 * normal(draw)),
    shift: 0.18 * normal(draw),
    keenness: 1 + 12 * draw() ** 4,
  };
}

/**
 * One entry per row: sessions of one contributor trying one word a few times, words mixed.
 */
function makeSessions(
  seed: number,
  contributors: readonly Contributor[],
): { sample: SampleWord; contributor: Contributor }[] {
  const draw = drawer(seed, SESSION_STEP);
  const sessions = SAMPLE_WORDS.flatMap((sample) => {
    const made = [];
    for (let left = sample.rows; left > 0;) {
      const rows = Math.min(left, 1 + Math.floor(draw() * 5));
      made.push({ sample, rows, contributor: pick(contributors, draw), order: draw() });
      left -= rows;
    }
    return made;
  });
  return sessions
    .sort((a, b) => a.order - b.order)
    .flatMap(({ rows, ...session }) => Array.from({ length: rows }, () => session));
}

function pick(contributors: readonly Contributor[], draw: Draw): Contributor {
  const total = contributors.reduce((sum, { keenness }) => sum + keenness, 0);
  let left = draw() * total;
  for (const contributor of contributors) {
    left -= contributor.keenness;
    if (left < 0) return contributor;
  }
  throw new RangeError('There are no contributors to pick from.');
}

/** 13 values inside the plug-in's bounds, rounded as far as ears care. */
function makeSetting(
  { curves }: SampleWord,
  { boldness, shift }: Contributor,
  draw: Draw,
): number[] {
  const curve = curves[Math.floor(draw() * curves.length)];
  if (curve === undefined) throw new RangeError('The word has no typical curve.');
  const effort = boldness * Math.max(0.3, 1 + 0.18 * normal(draw));
  // People leave a band alone now and then: gain 0, frequency and Q untouched.
  const untouched = curve.gains.map(() => draw() < 0.12);
  const typical: Record<ParameterKind, (band: number) => number> = {
    gain: (band) => (curve.gains[band] ?? 0) * effort + 1.2 * normal(draw),
    frequency: (band) => (curve.frequencies[band] ?? 0) * 2 ** (shift + 0.24 * normal(draw)),
    q: () => curve.q * 2 ** (0.36 * normal(draw)),
  };
  return EQ_PARAMETERS.map(({ band, kind, min, max, initial }) => {
    const value = untouched[band] === true ? initial : typical[kind](band);
    const bounded = Math.min(max, Math.max(min, value));
    // Fixed decimals also make the text independent of an engine's last bit in 2 ** x.
    return Number(bounded.toFixed(kind === 'frequency' ? 1 : 3));
  });
}

/** The word as someone might have typed it. */
function untidy(word: string, draw: Draw): string {
  const mood = draw();
  if (mood < 0.15) return word.charAt(0).toUpperCase() + word.slice(1);
  if (mood < 0.18) return word.toUpperCase();
  if (mood < 0.22) return `${word} `;
  if (mood < 0.24) return ` ${word}`;
  return word;
}

/** 32 hex digits, as in the last column of the real thing. They check nothing. */
function checksum(draw: Draw): string {
  return Array.from({ length: 32 }, () => Math.floor(draw() * 16).toString(16)).join('');
}

function quoted(cell: string): string {
  return cell.includes(',') ? `"${cell}"` : cell;
}
