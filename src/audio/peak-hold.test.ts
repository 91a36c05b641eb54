import { describe, expect, it } from 'vitest';
import { METER_FLOOR_DB, PeakHold } from './peak-hold';

describe('the peak meter', () => {
  it('rises at once, falls slowly and holds the peak for a while', () => {
    const meter = new PeakHold();
    meter.push(0.5, 10);
    expect(meter.barDb).toBeCloseTo(-6.02, 2);
    meter.push(0.01, 10.5);
    expect(meter.barDb).toBeCloseTo(-18.02, 2);
    expect(meter.heldDb).toBeCloseTo(-6.02, 2);
    meter.push(0.01, 11.6);
    expect(meter.heldDb).toBeCloseTo(-40, 6);
  });

  it('remembers how far full scale was passed until it is told to forget', () => {
    const meter = new PeakHold();
    meter.push(1, 0);
    expect(meter.overDb).toBe(0);
    meter.push(1.2, 1);
    meter.push(1.1, 2);
    expect(meter.overDb).toBeCloseTo(1.584, 3);
    meter.clear();
    expect(meter.overDb).toBe(0);
  });

  it('shows nothing below its floor', () => {
    const meter = new PeakHold();
    meter.push(0, 0);
    expect(meter.barDb).toBe(METER_FLOOR_DB);
  });
});
