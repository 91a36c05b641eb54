import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report';
import type { Target } from '../../src/report/targets';
import { callCli } from '../run-cli';

const SAMPLE = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));

describe('report', () => {
  it(
    'measures Warmbright beside its baselines on held-out rows',
    { timeout: 240_000 },
    async () => {
      const { status, stdout, stderr } = await callCli(
        ...['report', '--data', SAMPLE, '--seeds', '1', '--epochs', '1', '--json'],
      );
      expect(status, stderr).toBe(0);
      const report = JSON.parse(stdout) as Report & { targets: Target[] };
      expect(report).toMatchObject({ version: 2, firstSeed: 11, seeds: 1, epochs: 1 });
      expect(report.response.map(({ dimensions }) => dimensions)).toEqual([2, 3, 8]);
      for (const part of report.response) {
        // The search begins at the encoder's answer and takes no step for the worse.
        expect(part.warmbright.mean).toBeLessThanOrEqual(part.encoder.mean + 1e-9);
        expect(part.curveComponents.mean).toBeLessThan(part.flat.mean);
        expect(part.warmbright.values).toHaveLength(1);
      }
      const flats = report.response.map(({ flat }) => flat.mean);
      expect(new Set(flats).size).toBe(1);
      expect(report.twoWords.words).toEqual(['bright', 'warm']);
      const { searchedErrorDb, responseErrorDb } = report.twoWords;
      expect(searchedErrorDb.mean).toBeLessThanOrEqual(responseErrorDb.mean + 1e-9);
      // No more than the neighbours' words allow; all of it where they tell every word.
      const { mean: told } = report.twoWords.curveAccuracy;
      expect(report.twoWords.twoPoints.mean).toBeLessThanOrEqual(1);
      expect(Math.abs(report.twoWords.twoPoints.mean - (2 * told - 1) ** 2 / told)).toBeLessThan(
        0.1,
      );
      expect(report.manyWords.length).toBeGreaterThan(2);
      expect(report.curves.map(({ word }) => word)).toEqual(['bright', 'warm']);
      for (const { reached, value, goal, tried } of report.targets) {
        expect(tried === null, 'what was tried is said where it is missed').toBe(reached);
        const limit = Number(goal.replace(/^\D+/, ''));
        if (goal.startsWith('at most')) expect(reached).toBe(value <= limit);
      }
      expect(report.targets.length).toBeGreaterThanOrEqual(10);
    },
  );

  it('says which number it cannot use', async () => {
    const { status, stderr } = await callCli('report', '--data', SAMPLE, '--seeds', '0');
    expect(status).toBe(2);
    expect(stderr).toContain("'--seeds' takes a whole number from 1 to 20");
  });
});
