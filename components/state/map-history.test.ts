import { describe, expect, it } from 'vitest';
import { MapHistory } from './map-history';

const frame = (epoch: number, rows = 3) => ({
  epoch,
  points: Float32Array.from({ length: 2 * rows }, () => epoch),
});
const epochsOf = (history: MapHistory): number[] => history.frames.map(({ epoch }) => epoch);

describe('the maps of a run', () => {
  it('are kept in the order of their epochs, each once', () => {
    let history = new MapHistory([frame(0)]);
    for (const epoch of [1, 2, 2, 3]) history = history.with(frame(epoch));
    expect(epochsOf(history)).toEqual([0, 1, 2, 3]);
  });

  it('begin anew with other rows', () => {
    const history = new MapHistory([frame(0), frame(1)]).with(frame(1, 5));
    expect(epochsOf(history)).toEqual([1]);
  });

  it('take no more than a megabyte, the newest among them, and cover the whole run', () => {
    let history = new MapHistory();
    const rows = 5000;
    for (let epoch = 0; epoch <= 500; epoch++) {
      history = history.with(frame(epoch, rows));
      expect(history.frames.length * rows * 8).toBeLessThanOrEqual(1_000_000 + rows * 8);
    }
    const epochs = epochsOf(history);
    expect(epochs.length).toBeGreaterThan(8);
    expect(epochs.at(-1)).toBeGreaterThan(430);
    expect(epochs[0]).toBeLessThan(70);
    expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
  });
});
