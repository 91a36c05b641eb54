import { describe, expect, it } from 'vitest';
import { deflate } from '../base/deflate';
import { EQ_PARAMETERS, FLAT_SETTING } from '../eq/parameters';
import { packFile, unpackFile } from '../model/packed-file';
import { writeSafetensors, type Tensor } from '../model/safetensors';
import fc from '../testing/fast-check';
import { damaged, fuzz, withHostileParts } from '../testing/fuzz';
import { earlierScoreboard } from '../testing/sample-model';
import type { Timeline, TimelineFrame } from './timeline';
import { packTimeline, packToFit, unpackTimeline } from './timeline-file';

const SIZE = { rows: 7, words: 2 };

/** Of two words, the second of them as the plug-in is set to at first. */
const frames: TimelineFrame[] = [0, 1, 2, 5].map((epoch) => ({
  epoch,
  points: Float32Array.from({ length: 14 }, (_, i) => (epoch + 1) * Math.sin(i)),
  settings: Float32Array.from([
    ...EQ_PARAMETERS.map(({ min, max }, i) => min + ((epoch + i) % 7) * ((max - min) / 6)),
    ...FLAT_SETTING,
  ]),
}));
const scoreboards = [1, 4].map((epoch) => ({
  ...earlierScoreboard({ reconstruction: 1 / (epoch + 2), silhouette: epoch / 9 }),
  epoch,
}));
const packed = await packTimeline({ frames, scoreboards });

const places = (made: readonly TimelineFrame[]): Promise<Uint8Array> =>
  packTimeline({ frames: made, scoreboards: [] });

describe('a timeline’s file', () => {
  it('has its frames again, half a 1,023rd of their common extent off at the most', async () => {
    const coordinate = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 12 }).chain((rows) =>
          fc.array(fc.array(coordinate, { minLength: 2 * rows, maxLength: 2 * rows }), {
            minLength: 1,
            maxLength: 6,
          }),
        ),
        async (all) => {
          const made = all.map((points, i) => ({
            epoch: 3 * i,
            points: Float32Array.from(points),
            settings: null,
          }));
          const rows = (made[0]?.points.length ?? 0) / 2;
          const { frames: back } = await unpackTimeline(await places(made), { rows, words: 3 });
          expect(back.every(({ settings }) => settings === null)).toBe(true);
          expect(back.map(({ epoch }) => epoch)).toEqual(made.map(({ epoch }) => epoch));
          for (const axis of [0, 1]) {
            const own = made.flatMap(({ points }) => [...points].filter((_, i) => i % 2 === axis));
            const extent = own.length === 0 ? 0 : Math.max(...own) - Math.min(...own);
            made.forEach(({ points }, frame) => {
              points.forEach((place, i) => {
                if (i % 2 !== axis) return;
                const off = Math.abs((back[frame]?.points[i] ?? Number.NaN) - place);
                expect(off).toBeLessThanOrEqual(0.5 * (extent / 1023) + 1e-4);
              });
            });
          }
        },
      ),
    );
  });

  it('has the words’ settings and the figures again', async () => {
    const back = await unpackTimeline(packed, SIZE);
    expect(back.frames.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 5]);
    back.frames.forEach(({ settings }, frame) => {
      const before = frames[frame]?.settings ?? new Float32Array();
      expect(settings).toHaveLength(before.length);
      settings?.forEach((value, i) => {
        const { kind, min, max } = EQ_PARAMETERS[i % EQ_PARAMETERS.length] ?? {
          kind: 'gain',
          min: 0,
          max: 0,
        };
        // Half a 4,095th of the bounds: 0.003 dB, and less than a thousandth of Hz and Q.
        const off =
          kind === 'gain'
            ? Math.abs(value - (before[i] ?? 0)) / (max - min)
            : Math.abs(Math.log(value / (before[i] ?? 0))) / Math.log(max / min);
        expect(off).toBeLessThanOrEqual(0.501 / 4095);
      });
    });
    expect(back.scoreboards).toEqual([
      { ...scoreboards[0], reconstruction: 0.333333, silhouette: 0.111111 },
      { ...scoreboards[1], reconstruction: 0.166667, silhouette: 0.444444 },
    ]);
  });

  it('is the same bytes each time', async () => {
    expect(await packTimeline({ frames, scoreboards })).toEqual(packed);
  });

  it('is as many frames and figures as fit', async () => {
    const many = Array.from({ length: 40 }, (_, epoch) => ({
      epoch,
      points: Float32Array.from({ length: 800 }, (_, i) => Math.sin((epoch + 1) * i * i)),
      settings: null,
    }));
    const timeline = { frames: many, scoreboards: [] };
    const all = await packToFit(timeline);
    expect(all).toEqual(await packTimeline(timeline));
    const most = Math.floor((all?.length ?? 0) / 3);
    const part = (await packToFit(timeline, most)) ?? new Uint8Array();
    expect(part.length).toBeLessThanOrEqual(most);
    expect(part.length).toBeGreaterThan(most / 3);
    const { frames: kept } = await unpackTimeline(part, { rows: 400, words: 1 });
    expect([kept[0]?.epoch, kept.at(-1)?.epoch]).toEqual([0, 39]);
    expect(await packToFit(timeline, 1000)).toBeNull();
    expect(await packToFit({ frames: [], scoreboards })).toBeNull();
  });

  it('is not made of what could not be read again', async () => {
    await expect(places([])).rejects.toThrow('The timeline cannot be used (at epochs)');
    await expect(places(frames.toReversed())).rejects.toThrow('its epochs do not ascend.');
    const other = { epoch: 9, points: new Float32Array(2), settings: frames[0]?.settings ?? null };
    await expect(places([...frames, other])).rejects.toThrow(RangeError);
    const wordless = { epoch: 9, points: new Float32Array(14), settings: null };
    await expect(places([...frames, wordless])).rejects.toThrow(RangeError);
    const lost = { ...wordless, points: new Float32Array(14).fill(1e10) };
    await expect(places([lost])).rejects.toThrow('is outside');
    const back = { frames, scoreboards: scoreboards.toReversed() };
    await expect(packTimeline(back)).rejects.toThrow('its figures do not ascend.');
  });
});

describe('refusing, with a sentence', () => {
  it('a timeline of other rows or words, of none, and what leaves its bounds', async () => {
    await expect(unpackTimeline(packed, { rows: 8, words: 2 })).rejects.toThrow(
      'instead of [2, 4, 8, 2]',
    );
    await expect(unpackTimeline(packed, { rows: 7, words: 3 })).rejects.toThrow(
      'instead of [2, 4, 3, 13]',
    );
    const { tensors, metadata } = await unpackFile(packed, 'It');
    const described = await packFile({ tensors, metadata: new Map() });
    await expect(unpackTimeline(described, SIZE)).rejects.toThrow(
      'The timeline cannot be used: the file holds none.',
    );
    for (const [name, shape, sentence] of [
      ['frames', [2, 4, 7, 2], 'a row of its frame 1 lies outside its extent.'],
      ['settings', [2, 4, 2, 13], 'a setting of its frame 1 lies outside the plug-in’s bounds.'],
    ] as const) {
      const size = shape.reduce((product: number, n) => product * n, 1);
      const wild: Tensor = { dtype: 'U8', shape, data: new Uint8Array(size).fill(255) };
      const file = await packFile({ tensors: new Map([...tensors, [name, wild]]), metadata });
      await expect(unpackTimeline(file, SIZE)).rejects.toThrow(
        `The timeline cannot be used: ${sentence}`,
      );
    }
    await expect(unpackTimeline(Uint8Array.of(9, 9, 9), SIZE)).rejects.toThrow(
      'The timeline cannot be used: it is damaged.',
    );
  });
});

const inner = await unpackFile(packed, 'It');
const document: unknown = JSON.parse(inner.metadata.get('replay') ?? '');

/** That whatever is read can be drawn. */
function expectTimeline({ frames: read }: Timeline): void {
  expect(read.length).toBeGreaterThan(0);
  for (const { points, settings } of read) {
    for (const value of settings ?? []) expect(value).toBeGreaterThanOrEqual(-12);
    expect(points).toHaveLength(14);
    expect(points.every(Number.isFinite)).toBe(true);
  }
}

describe('the reader of timelines', () => {
  fuzz('timelines', damaged(packed), async (bytes) => {
    expectTimeline(await unpackTimeline(bytes, SIZE));
  });
  // Behind deflate, where hardly any damage of the file itself leads.
  fuzz(
    'timelines damaged before they were deflated',
    damaged(writeSafetensors(inner)),
    async (bytes) => {
      expectTimeline(await unpackTimeline(await deflate(bytes), SIZE));
    },
  );
  fuzz('timelines with hostile descriptions', withHostileParts(document), async (hostile) => {
    const metadata = new Map([['replay', JSON.stringify(hostile)]]);
    expectTimeline(await unpackTimeline(await packFile({ ...inner, metadata }), SIZE));
  });
});
