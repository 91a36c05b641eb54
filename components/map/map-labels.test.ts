import { describe, expect, it } from 'vitest';
import { Labels } from './map-labels';

/** What is written on a canvas of 400 × 200 pixels, whose letters are as wide as half their height. */
function drawnWith(scale: number, texts: readonly string[], wantedY = 100) {
  const drawn: { text: string; font: string; x: number; y: number }[] = [];
  const context = {
    font: '',
    measureText: (text: string) => ({
      width: (text.length * Number(/(\d+)px/.exec(context.font)?.[1])) / 2,
    }),
    strokeText: () => undefined,
    fillText: (text: string, x: number, y: number) => {
      drawn.push({ text, font: context.font, x, y });
    },
  };
  const size = { width: 400, height: 200 };
  const labels = new Labels(context as unknown as CanvasRenderingContext2D, size, scale);
  for (const text of texts) {
    const needed = text === 'warm';
    labels.draw(text, [200, wantedY], { size: 13, colour: 'black', paper: 'white', needed });
  }
  return drawn;
}

describe('labels of the map', () => {
  it.each([1, 2])('are %s times as large and as far apart as usual letters', (scale) => {
    const [first, second] = drawnWith(scale, ['warm', 'bright']);
    expect(first).toMatchObject({ x: 200, y: 100 });
    expect(first?.font).toContain(` ${String(13 * scale)}px `);
    expect(Math.abs((second?.y ?? 0) - 100)).toBe(15 * scale);
  });

  it('stay within the map', () => {
    const [label] = drawnWith(2, ['x'.repeat(28)]);
    expect(label?.x).toBeGreaterThanOrEqual((28 * 13) / 2);
  });

  it.each([1, 199])(
    'at the height of %s are whole and clear of the key, several of them too',
    (wantedY) => {
      const heights = drawnWith(1, ['warm', 'deep', 'full'], wantedY).map(({ y }) => y);
      expect(new Set(heights).size).toBe(3);
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(7.5);
      expect(Math.max(...heights)).toBeLessThanOrEqual(177.5);
    },
  );

  it('are left out where all is full, but for the one that is looked at', () => {
    const words = Array.from({ length: 20 }, (_, i) => `word ${String(i)}`);
    const heights = drawnWith(1, words).map(({ y }) => y);
    expect(new Set(heights).size).toBe(heights.length);
    expect(heights.length).toBeLessThan(20);
    expect(drawnWith(1, [...words, 'warm'])).toHaveLength(heights.length + 1);
  });

  it('of what is beyond the map stay out of sight', () => {
    const [label] = drawnWith(1, ['warm'], -40);
    expect(label?.y).toBe(-40);
  });
});
