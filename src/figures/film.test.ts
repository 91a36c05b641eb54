import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../eq/parameters';
import fc from '../testing/fast-check';
import { xmlTexts } from '../testing/xml';
import { filmPictures, filmstrip, type Film } from './film';

const film = (frames: number, word: string | null = 'warm'): Film => ({
  title: 'A <small> run',
  map: { labels: Int32Array.of(0, 1, 0), heldOut: Uint8Array.of(0, 0, 1) },
  words: ['warm', 'bright'],
  ranking: ['warm', 'bright'],
  word,
  frames: Array.from({ length: frames }, (_, epoch) => ({
    epoch,
    points: Float32Array.of(0, 0, epoch, 1, -1, -epoch),
    setting: word === null ? null : FLAT_SETTING.with(0, epoch / 2),
  })),
});

describe('a filmstrip', () => {
  it('has up to twelve epochs, the first and the last among them, and one legend', () => {
    const texts = xmlTexts(filmstrip(film(30)));
    const epochs = texts.filter((text) => text.startsWith('epoch '));
    expect(epochs).toHaveLength(12);
    expect([epochs[0], epochs.at(-1)]).toEqual(['epoch 0', 'epoch 29']);
    expect(texts.filter((text) => text === 'held out')).toHaveLength(1);
    expect(texts).toContain('curve of warm, ±18 dB');
    expect(xmlTexts(filmstrip(film(2))).filter((text) => text.startsWith('epoch '))).toEqual([
      'epoch 0',
      'epoch 1',
    ]);
  });

  it('has no curves where no word is picked', () => {
    expect(xmlTexts(filmstrip(film(3, null))).join()).not.toContain('curve of');
  });
});

describe('the pictures of a film', () => {
  it('are one an epoch, of one size, and at one scale', () => {
    const pictures = filmPictures(film(5));
    const epochOf = (svg: string) => xmlTexts(svg).find((text) => text.startsWith('epoch '));
    expect(pictures.map(epochOf)).toEqual([0, 1, 2, 3, 4].map((epoch) => `epoch ${String(epoch)}`));
    expect(new Set(pictures.map((svg) => /height="[^"]*"/.exec(svg)?.[0])).size).toBe(1);
    // The first row never moves, so it is drawn at one place.
    const first = pictures.map((svg) => /<path d="(M[\d. ]+)/.exec(svg)?.[1]);
    expect(new Set(first).size).toBe(1);
  });

  it('frame most places, and draw the rest at their edge', () => {
    const rows = 200;
    const base = film(1);
    const points = (far: number) =>
      Float32Array.from({ length: 2 * rows }, (_, i) => (i === 0 ? far : Math.sin(i)));
    const [near = '', beyond = ''] = [2, 2000].map((far) => {
      const frames = [{ epoch: 0, points: points(far), setting: null }];
      const map = { labels: new Int32Array(rows), heldOut: new Uint8Array(rows) };
      return filmPictures({ ...base, map, frames })[0] ?? '';
    });
    expect(beyond).toBe(near);
  });

  it('are well-formed whatever the names and places', () => {
    const anyFilm = fc.record({ title: fc.string(), name: fc.string(), at: fc.float() });
    fc.assert(
      fc.property(anyFilm, ({ title, name, at }) => {
        const base = film(2, name);
        const frames = base.frames.map((frame) => ({
          ...frame,
          points: Float32Array.of(at, 0, 1, at, 0, 0),
        }));
        const words = [name, 'bright'];
        for (const svg of filmPictures({ ...base, title, words, ranking: words, frames })) {
          xmlTexts(svg);
          expect(svg).not.toContain('NaN');
        }
      }),
    );
  });
});
