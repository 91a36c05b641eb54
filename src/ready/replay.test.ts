import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deflate } from '../base/deflate';
import { writeSafetensors } from '../model/safetensors';
import { damaged, fuzz, withHostileParts } from '../testing/fuzz';
import { packFile, unpackFile } from './packed-file';
import { packReplay, replayEpochs, unpackReplay, type ReplayFrame } from './replay';

const frames: ReplayFrame[] = [0, 1, 2, 5].map((epoch) => ({
  epoch,
  points: Float32Array.from({ length: 14 }, (_, i) => (epoch + 1) * Math.sin(i)),
}));
const packed = await packReplay(frames);

describe('the epochs of a replay', () => {
  it('are the start, the end, and more at the beginning than later', () => {
    expect(replayEpochs(60, 24)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 14, 16, 19, 22, 26, 29, 33, 37, 41, 45, 50, 55, 60,
    ]);
    expect(replayEpochs(2, 24)).toEqual([0, 1, 2]);
    expect(replayEpochs(1, 2)).toEqual([0, 1]);
  });

  it('ascend, whatever the run', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 2, max: 60 }), (n, most) => {
        const epochs = replayEpochs(n, most);
        expect(epochs[0]).toBe(0);
        expect(epochs.at(-1)).toBe(n);
        expect(epochs.length).toBe(Math.min(most, n + 1));
        expect(epochs.every((epoch, i) => i === 0 || epoch > (epochs[i - 1] ?? 0))).toBe(true);
      }),
    );
  });
});

describe('a replay', () => {
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
          }));
          const rows = (made[0]?.points.length ?? 0) / 2;
          const back = await unpackReplay(await packReplay(made), rows);
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

  it('is the same bytes each time', async () => {
    expect(await packReplay(frames)).toEqual(packed);
  });

  it('is not made of what could not be read again', async () => {
    await expect(packReplay([])).rejects.toThrow('The replay cannot be used (at epochs)');
    await expect(packReplay(frames.toReversed())).rejects.toThrow('its epochs do not ascend.');
    const other = { epoch: 9, points: new Float32Array(2) };
    await expect(packReplay([...frames, other])).rejects.toThrow(RangeError);
    const lost = { epoch: 9, points: new Float32Array(14).fill(1e10) };
    await expect(packReplay([...frames, lost])).rejects.toThrow('is outside');
  });
});

describe('refusing, with a sentence', () => {
  it('a replay of other rows, of none, and rows that leave the extent', async () => {
    await expect(unpackReplay(packed, 8)).rejects.toThrow('instead of [2, 4, 8, 2]');
    const { tensors, metadata } = await unpackFile(packed, 'It');
    await expect(unpackReplay(await packFile({ tensors, metadata: new Map() }), 7)).rejects.toThrow(
      'The replay cannot be used: the file holds none.',
    );
    const data = new Uint8Array(2 * 4 * 14).fill(255);
    const wild = new Map([['frames', { dtype: 'U8' as const, shape: [2, 4, 7, 2], data }]]);
    await expect(unpackReplay(await packFile({ tensors: wild, metadata }), 7)).rejects.toThrow(
      'The replay cannot be used: a row of its frame 1 lies outside its extent.',
    );
    await expect(unpackReplay(Uint8Array.of(9, 9, 9), 7)).rejects.toThrow(
      'The replay cannot be used: it is damaged.',
    );
  });
});

const inner = await unpackFile(packed, 'It');
const document: unknown = JSON.parse(inner.metadata.get('replay') ?? '');

/** That whatever is read can be drawn. */
function expectFrames(read: readonly ReplayFrame[]): void {
  expect(read.length).toBeGreaterThan(0);
  for (const { points } of read) {
    expect(points).toHaveLength(14);
    expect(points.every(Number.isFinite)).toBe(true);
  }
}

describe('the reader of replays', () => {
  fuzz('replays', damaged(packed), async (bytes) => {
    expectFrames(await unpackReplay(bytes, 7));
  });
  // Behind deflate, where hardly any damage of the file itself leads.
  fuzz(
    'replays damaged before they were deflated',
    damaged(writeSafetensors(inner)),
    async (bytes) => {
      expectFrames(await unpackReplay(await deflate(bytes), 7));
    },
  );
  fuzz('replays with hostile descriptions', withHostileParts(document), async (hostile) => {
    const metadata = new Map([['replay', JSON.stringify(hostile)]]);
    expectFrames(await unpackReplay(await packFile({ ...inner, metadata }), 7));
  });
});
