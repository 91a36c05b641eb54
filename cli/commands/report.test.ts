import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report';
import type { Target } from '../../src/report/targets';
import { callCli } from '../run-cli';

const SAMPLE = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));

describe('report', () => {
  it(
    'measures Warmbright beside its baselines on held-out rows',
    { timeout: 900_000 },
    async () => {
      const { status, stdout, stderr } = await callCli(
        ...[
          'report',
          '--data',
          SAMPLE,
          '--seeds',
          '1',
          '--epochs',
          '1',
          '--steps',
          '200',
          '--json',
        ],
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
      expect(report.drawnApart.map(({ amount }) => amount)).toEqual([0, 20, 50, 200]);
      expect(report.plain.headWords.map(({ word }) => word)).toEqual(report.manyWords);
      expect(report.plain.headAccuracy?.values).toHaveLength(1);
      expect(report.foundingModel).toMatchObject({ headAccuracy: null, headWords: [] });
      expect(report.curves.map(({ word }) => word)).toEqual(['bright', 'warm']);
      for (const { reached, value, goal, tried } of report.targets) {
        expect(tried === null, 'what was tried is said where it is missed').toBe(reached);
        const limit = Number(goal.replace(/^\D+/, ''));
        if (goal.startsWith('at most')) expect(reached).toBe(value <= limit);
      }
      expect(report.targets.length).toBeGreaterThanOrEqual(10);

      const { settings } = report;
      expect(settings).toMatchObject({ places: 1000, steps: 200 });
      // Made canonical, a setting fights no more often than as the decoder says it.
      expect(settings?.rowsFighting).toBeLessThanOrEqual(settings?.decodedFighting ?? 0);
      expect(settings?.offeredFighting).toBeLessThanOrEqual(settings?.offered ?? 0);
      for (const part of report.curves) {
        // Five are nearer than three, and three nearer than one curve's mean would be.
        expect(part.fiveProposals.mean).toBeLessThanOrEqual(part.threeProposals.mean + 0.3);
      }

      expect(report.seedOverlaps.map(({ words }) => words.length)).toEqual([8, 2]);
      for (const { seen, neverHeldOut } of report.seedOverlaps) {
        expect(seen).toBeGreaterThan(0);
        expect(seen).toBeLessThanOrEqual(1);
        expect(neverHeldOut).toEqual([]);
      }
      const { people } = report;
      // Everybody who gave one of the words, and each of their rows once.
      expect(people).toMatchObject({ folds: 5, rows: 600, people: 33 });
      const names = ['Warmbright, 2-D', 'Warmbright, 3-D', 'Warmbright, 8-D', 'Seed V2'];
      expect(people?.accuracy.models.map(({ name }) => name)).toEqual(names);
      expect(people?.response.map(({ name }) => name)).toEqual(names);
      expect(people?.accuracy.people.map(({ rows }) => rows)).toEqual([48, 35, 20, 18, 16, 13]);
      expect(people?.accuracy.curves).toMatchObject({ byRows: 1, byPeople: 1 });
      for (const { errorDb } of people?.response ?? []) {
        const [low, high] = errorDb.rowsInterval ?? [NaN, NaN];
        expect(low).toBeLessThan(errorDb.byRows);
        expect(high).toBeGreaterThan(errorDb.byRows);
      }
      expect(people?.frequentWords.map(({ word }) => word)).toEqual(['bright', 'warm']);
      expect(people?.rareWords).toHaveLength(6);
      for (const { ways } of people?.frequentWords ?? []) {
        expect(ways.map(({ way }) => way)).toEqual([
          ...['flat', 'mean', 'medoid', ...names],
          ...['the word', 'other words', 'word unknown'],
        ]);
      }
      expect(report.instruments).toEqual([]);
    },
  );

  it('says which number it cannot use', async () => {
    const { status, stderr } = await callCli('report', '--data', SAMPLE, '--seeds', '0');
    expect(status).toBe(2);
    expect(stderr).toContain("'--seeds' takes a whole number from 1 to 20");
  });
});
